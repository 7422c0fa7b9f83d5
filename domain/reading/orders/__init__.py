"""Directives and notices of conclusions: whom a sentence tells, what, who helps."""
