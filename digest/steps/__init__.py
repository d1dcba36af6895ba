"""The steps of `pipeline.build_brief`, one module each: what a stage needs is put together, what it gives is kept.

Stages know nothing of each other; a step knows the stages it stands between.
"""
