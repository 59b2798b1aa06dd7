"""Pure functions: data set, selection and today make frozen report values; each report has a file.

A report is a value: every format is made from the same one, and `sisterline -f json` is that value as it
stands. Dates in it are EDTF texts, in the order of time already; places, sources and partnerships are
told with their names in the language that was asked for.
"""
