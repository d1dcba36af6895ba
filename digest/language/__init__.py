"""Plain text analysis without models: words, quantities, dates, names, claims and sentences. Every stage may use it."""
