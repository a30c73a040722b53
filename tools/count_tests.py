#!/usr/bin/env python3
"""Reads what a test runner left behind; prints "PASSED FAILED SKIPPED" and then the output of what failed.

count_tests.py gtest CTEST.xml FOLDER   GoogleTest XML of every program, and CTest's own view for those that crashed
count_tests.py vitest RESULT.json LOG
count_tests.py script LOG STATUS        TAP totals where the script prints them, else the exit status as one test
"""
import json
import os
import re
import sys
import xml.etree.ElementTree as xml

MAX_LINES = 60


def tail(text):
    return "\n".join(text.strip().splitlines()[-MAX_LINES:])


def gtest(ctest_file, folder):
    passed = failed = skipped = 0
    shown = []
    reported = {}
    for name in sorted(os.listdir(folder)):
        try:
            root = xml.parse(os.path.join(folder, name)).getroot()
        except xml.ParseError:
            continue
        bad = 0
        for case in root.iter("testcase"):
            title = f"{case.get('classname')}.{case.get('name')}"
            if case.find("failure") is not None:
                bad += 1
                shown.append(f"FAILED {title}\n" + tail("\n".join(f.text or "" for f in case.findall("failure"))))
            elif case.find("skipped") is not None or case.get("result") == "skipped":
                skipped += 1
                why = case.find("skipped")
                shown.append(f"skipped {title}: {(why.get('message') if why is not None else '') or ''}".strip())
            elif case.get("status") == "run":
                passed += 1
        failed += bad
        reported[name.removesuffix(".xml").removesuffix("_tests")] = bad
    # A program that died left no report, or one without its own failure.
    if os.path.exists(ctest_file):
        for case in xml.parse(ctest_file).getroot().iter("testcase"):
            if case.get("status") in ("fail", "notrun") and not reported.get(case.get("name")):
                failed += 1
                output = case.find("system-out")
                shown.append(f"FAILED program {case.get('name')}\n" + tail((output.text if output is not None else "") or ""))
    else:
        failed += 1
        shown.append("CTest did not run")
    return passed, failed, skipped, shown


def vitest(result_file, log_file):
    log = open(log_file, encoding="utf-8", errors="replace").read()
    if not os.path.exists(result_file):
        return 0, 1, 0, [tail(log)]
    result = json.load(open(result_file, encoding="utf-8"))
    failed = result["numFailedTests"]
    if not result["success"] and failed == 0:  # a file that did not load
        failed = max(1, result.get("numFailedTestSuites", 1))
    skipped = result.get("numPendingTests", 0) + result.get("numTodoTests", 0)
    return result["numPassedTests"], failed, skipped, [tail(log)] if failed else []


def failures(log):
    """What TAP says about each test that failed, leaves first in the file's order; the whole log's end where it says nothing."""
    blocks = []
    lines = log.splitlines()
    for at, line in enumerate(lines):
        if not re.match(r"\s*not ok ", line) or "# SKIP" in line:
            continue
        block = [line]
        for following in lines[at + 1:at + 1 + 4 * MAX_LINES]:
            if following.strip() == "...":
                break
            block.append(following)
        if not any("subtestsFailed" in text for text in block):
            blocks.append("\n".join(block))
    return blocks or [tail(log)]


def script(log_file, status):
    log = open(log_file, encoding="utf-8", errors="replace").read()
    totals = {key: int(value) for key, value in re.findall(r"^# (pass|fail|skipped) (\d+)$", log, re.M)}
    if totals:
        passed, failed, skipped = totals.get("pass", 0), totals.get("fail", 0), totals.get("skipped", 0)
        if status != 0 and failed == 0:
            failed = 1
    else:
        passed, failed, skipped = (1, 0, 0) if status == 0 else (0, 1, 0)
    why = ["timed out"] if status == 124 else []
    return passed, failed, skipped, why + (failures(log) if failed else [])


def main():
    kind, first, second = sys.argv[1:4]
    count = {"gtest": gtest, "vitest": vitest, "script": lambda log, status: script(log, int(status))}[kind]
    passed, failed, skipped, shown = count(first, second)
    print(passed, failed, skipped)
    for text in shown:
        print(text)


main()
