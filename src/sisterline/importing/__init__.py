"""Spreadsheets turned into a data file for review.

tables (with delimited and workbooks) -> headers -> cells and names -> records -> document
"""
