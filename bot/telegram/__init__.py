"""Pure helpers of the Telegram channel: what it reads, how it writes, what its errors mean."""
