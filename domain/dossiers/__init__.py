"""Dossiers (hồ sơ thủ tục hành chính): what they are, when they are late, how they are counted and foreseen.

Sources: Circular 01/2018/TT-VPCP (codes), Decrees 61/2018, 107/2021 and 118/2025 (receiving and deciding agency,
letters of apology). Nothing here knows an applicant.
"""
