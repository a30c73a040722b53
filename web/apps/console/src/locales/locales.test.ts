import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { areaGroups } from '../app/areas';
import { enums } from '../lib/enums';
import en from './en-US.json';
import zh from './zh-CN.json';

const root = join(import.meta.dirname, '..');

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.') ? [path] : [];
  });
}

const code = sources(root).map((path) => ({ path: path.slice(root.length + 1), text: readFileSync(path, 'utf8') }));
const texts: Record<string, Record<string, string>> = { 'zh-CN': zh, 'en-US': en };
const keys = Object.keys(zh);
const known = new Set(keys);

/** `t('a.b')` and `say('a.b')`. */
const called = code.flatMap(({ path, text }) => [...text.matchAll(/\b(?:t|say)\(\s*'([^']+)'/g)].map((match) => ({ path, key: match[1]! })));
/** `` t(`a.${b}`) `` uses every key that begins with `a.`. */
const prefixes = new Set(code.flatMap(({ text }) => [...text.matchAll(/`([a-z_]+\.(?:[a-z_]+_)?)\$\{/g)].map((match) => match[1]!)));
const literals = new Set(code.flatMap(({ text }) => [...text.matchAll(/'([a-z_]+\.[A-Za-z_.-]+)'/g)].map((match) => match[1]!)));

describe('translations', () => {
  it('have the same keys in both languages', () => {
    expect(Object.keys(en).sort()).toEqual([...keys].sort());
  });

  it('are never empty', () => {
    for (const [locale, table] of Object.entries(texts)) {
      for (const [key, text] of Object.entries(table)) expect(text.length, `${locale} ${key}`).toBeGreaterThan(0);
    }
  });

  it('have the same parameters in both languages', () => {
    const parameters = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
    for (const key of keys) expect(parameters(texts['en-US']![key]!), key).toEqual(parameters(texts['zh-CN']![key]!));
  });

  it('write a parameter as {name}: anything else is shown as it stands', () => {
    for (const [locale, table] of Object.entries(texts)) {
      for (const [key, text] of Object.entries(table)) expect(text, `${locale} ${key}`).not.toMatch(/\{\{|\}\}/);
    }
  });

  it('exist for every key the code asks for', () => {
    expect(called.length).toBeGreaterThan(200);
    expect(called.filter(({ key }) => !known.has(key))).toEqual([]);
    const missing = [...prefixes].filter((prefix) => !keys.some((key) => key.startsWith(prefix)));
    expect(missing).toEqual([]);
  });

  it('exist for every value of a closed list', () => {
    const wanted = Object.entries(enums).flatMap(([name, values]) => values.map((value) => `${name}.${value}`));
    expect(wanted.filter((key) => !known.has(key))).toEqual([]);
    const areas = areaGroups.flatMap((group) => [group.label, ...group.areas.map((area) => area.label)]).filter(Boolean);
    expect(areas.filter((key) => !known.has(key))).toEqual([]);
  });

  it('are all used', () => {
    const used = (key: string) => literals.has(key) || [...prefixes].some((prefix) => key.startsWith(prefix));
    const unused = keys.filter((key) => !used(key) && !Object.keys(enums).some((name) => key.startsWith(`${name}.`)));
    expect(unused).toEqual([]);
  });

  it('keep Chinese out of the code', () => {
    // The names of the languages and of the product are the same in every language; so are separators people type.
    const allowed = /伯乐|中文|'中'|'，'|'、'/g;
    const found = code.filter(({ text }) => /\p{Script=Han}/u.test(text.replace(allowed, ''))).map(({ path }) => path);
    expect(found).toEqual([]);
  });
});
