#!/usr/bin/env python3
"""Fails on an include in src/ that tools/edges.txt does not allow, and on circles between folders of one layer.

Warns about files that have grown beyond the house style. check_edges.py [ROOT]
"""
import collections
import os
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"')
HEADER_LINES, SOURCE_LINES, SOURCE_LIMIT = 100, 400, 600


def read_rules(path):
    layers, tiers, edges = [], {}, set()
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.split("#", 1)[0].strip()
        if not line:
            continue
        rule, _, reason = (part.strip() for part in line.partition("|"))
        words = rule.split()
        if not reason:
            sys.exit(f"{path}:{number}: a rule needs its reason after |")
        if words[0] == "layer" and len(words) == 2:
            layers.append(words[1])
        elif words[0] == "tier" and len(words) > 2:
            tiers.update({name: int(words[1]) for name in words[2:]})
        elif words[0] == "edge" and len(words) == 4 and words[2] == "->":
            edges.add((words[1], words[3]))
        else:
            sys.exit(f"{path}:{number}: not a rule: {rule}")
    return layers, tiers, edges


def unit_of(path):
    """src-relative path -> (layer, folder): "platform/db/db.hpp" -> ("platform", "platform/db")."""
    parts = path.split("/")
    return parts[0], "/".join(parts[:2]) if parts[0] not in ("base", "app") else parts[0]


def forbidden(source, target, layers, tiers, edges):
    layer, folder = unit_of(source)
    other_layer, other = unit_of(target)
    if folder == other:
        return None
    if layers.index(other_layer) > layers.index(layer):
        return f"{layer} may not include {other_layer}"
    if layer != "modules" or other_layer != "modules" or source.endswith("_test.cpp"):
        return None
    if (folder, target) in edges or (folder, other) in edges:
        return None
    name, other_name = folder.split("/")[1], other.split("/")[1]
    for each in (name, other_name):
        if each not in tiers:
            return f"module {each} has no tier in tools/edges.txt"
    if tiers[other_name] >= tiers[name]:
        return f"tier {tiers[name]} may not include tier {tiers[other_name]}: use an event"
    if target != f"{other}/api.hpp":
        return f"only {other}/api.hpp may be included from outside"
    return None


def find_circle(graph):
    state, path = {}, []

    def visit(node):
        state[node] = 1
        path.append(node)
        for following in sorted(graph[node]):
            if state.get(following) == 1:
                return path[path.index(following):] + [following]
            if following not in state and (found := visit(following)):
                return found
        path.pop()
        state[node] = 2
        return None

    for node in sorted(graph):
        if node not in state and (found := visit(node)):
            return found
    return None


def main():
    root = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), ".."))
    layers, tiers, edges = read_rules(os.path.join(root, "tools", "edges.txt"))
    src = os.path.join(root, "src")
    problems, warnings, files = [], [], 0
    graph = collections.defaultdict(set)
    for folder, _, names in os.walk(src):
        for name in sorted(names):
            if not name.endswith((".hpp", ".cpp")):
                continue
            files += 1
            path = os.path.relpath(os.path.join(folder, name), src)
            lines = open(os.path.join(folder, name), encoding="utf-8").read().splitlines()
            limit = HEADER_LINES if name.endswith(".hpp") else SOURCE_LINES
            if len(lines) > SOURCE_LIMIT and not name.endswith("_test.cpp"):
                problems.append(f"src/{path}: {len(lines)} lines: split it")
            elif len(lines) > limit * 1.2 and not name.endswith("_test.cpp"):
                warnings.append(f"src/{path}: {len(lines)} lines (aim at {limit})")
            for number, line in enumerate(lines, 1):
                found = INCLUDE.match(line)
                if not found:
                    continue
                target = found.group(1)
                if target.split("/")[0] not in layers:
                    problems.append(f'src/{path}:{number}: "{target}" is no path from src/')
                    continue
                if reason := forbidden(path, target, layers, tiers, edges):
                    problems.append(f'src/{path}:{number}: includes "{target}": {reason}')
                if not name.endswith("_test.cpp") and unit_of(path)[1] != unit_of(target)[1]:
                    graph[unit_of(path)[1]].add(unit_of(target)[1])
    if circle := find_circle(graph):
        problems.append("folders include each other in a circle: " + " -> ".join(circle))
    for text in warnings:
        print("note:", text)
    for text in problems:
        print(text)
    if files == 0:
        sys.exit("no sources found")
    sys.exit(1 if problems else 0)


main()
