"""Topics to lines: the Summarizer seam, the extractive writer behind it, and the support check every line passes."""

from digest.summarize.extractive import ExtractiveSummarizer
from digest.summarize.writer import Summarizer, load_summarizer

__all__ = ["ExtractiveSummarizer", "Summarizer", "load_summarizer"]
