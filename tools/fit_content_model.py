#!/usr/bin/env python3
"""Fits the word part of share/content/content_model.json to rated answers and says how well it does on unseen questions.

    bole evaluate --features RATED.jsonl > rows.jsonl
    .deps/venv/bin/python tools/fit_content_model.py rows.jsonl [--write share/content/content_model.json]

The model is a sum of clipped ramps with weights >= 0, so a better match never lowers a score. The weights of words come
from the data (non-negative least squares); the share of meaning is fixed beforehand, because short textbook answers
reward repeating the textbook and people in interviews do not. Every figure is cross-validated with whole questions
left out. Needs numpy only.
"""
import argparse
import json

import numpy as np

MEANING_SHARE = 0.2
WORDS = [("word_recall", 0.0, 0.12), ("word_recall", 0.1, 0.5), ("bigram_recall", 0.0, 0.1), ("bigram_recall", 0.1, 0.5)]
MEANING = [("sentence_recall", 0.84, 0.97), ("window_cosine", 0.85, 0.98)]


def ramps(rows, terms):
    return np.array([[np.clip((r[f] - a) / (b - a), 0, 1) for f, a, b in terms] for r in rows])


def non_negative_least_squares(a, y, rounds=5000):
    """Coordinate descent; converges because the problem is convex. The last column is the bias."""
    a = np.c_[a, np.ones(len(a))]
    gram, moment, w = a.T @ a, a.T @ y, np.zeros(a.shape[1])
    for _ in range(rounds):
        for i in range(len(w)):
            if gram[i, i] > 0:
                w[i] = max(0.0, w[i] + (moment[i] - gram[i] @ w) / gram[i, i])
    return w


def predict(rows, weights):
    words = np.c_[ramps(rows, WORDS), np.ones(len(rows))] @ weights
    meaning = 10 * ramps(rows, MEANING).mean(axis=1)
    return np.clip((1 - MEANING_SHARE) * words + MEANING_SHARE * meaning, 0, 10)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows")
    parser.add_argument("--write", metavar="MODEL")
    args = parser.parse_args()
    with open(args.rows, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    human = np.array([r["human"] for r in rows])
    questions = np.array([r["question"] for r in rows])
    unseen = np.zeros(len(rows))
    for question in sorted(set(questions)):
        held = questions == question
        fitted = non_negative_least_squares(ramps([r for r, h in zip(rows, held) if not h], WORDS), human[~held])
        unseen[held] = predict([r for r, h in zip(rows, held) if h], fitted)
    weights = non_negative_least_squares(ramps(rows, WORDS), human)
    figures = {
        "answers": len(rows),
        "questions": len(set(questions)),
        "pearson_questions_left_out": round(float(np.corrcoef(unseen, human)[0, 1]), 3),
        "rmse_questions_left_out": round(float(np.sqrt(np.mean((unseen - human) ** 2))), 3),
        "pearson_fitted": round(float(np.corrcoef(predict(rows, weights), human)[0, 1]), 3),
    }
    print(json.dumps(figures, indent=1))
    if not args.write:
        return
    with open(args.write, encoding="utf-8") as file:
        model = json.load(file)
    terms = [(t, (1 - MEANING_SHARE) * w) for t, w in zip(WORDS, weights)]
    terms += [(t, 10 * MEANING_SHARE / len(MEANING)) for t in MEANING]
    model["bias"] = round((1 - MEANING_SHARE) * float(weights[-1]), 2)
    model["terms"] = [
        {"feature": f, "from": a, "to": b, "weight": round(float(w), 2)} for (f, a, b), w in terms if round(float(w), 2) > 0
    ]
    with open(args.write, "w", encoding="utf-8") as file:
        json.dump(model, file, ensure_ascii=False, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
