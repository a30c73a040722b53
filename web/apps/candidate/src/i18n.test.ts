import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Duration, MakeI18n, Translate } from './i18n';
import en from './locales/en-US.json';
import zh from './locales/zh-CN.json';

const kRoot = new URL('.', import.meta.url).pathname;

function Sources(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return [Sources(path)];
      return /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.test.ts') ? [readFileSync(path, 'utf8')] : [];
    })
    .join('\n');
}

const source = Sources(kRoot);
// Keys built at run time stand in the source as `prefix.${…}`.
const prefixes = [...source.matchAll(/`([a-z_]+\.[a-z_.]*)\$\{/g)].map((match) => match[1]);
const used = (key: string) => source.includes(`'${key}'`) || prefixes.some((prefix) => key.startsWith(prefix));
const params = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe('texts', () => {
  it('exist in both languages with the same keys', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  });

  it('carry the same parameters in both languages', () => {
    const different = Object.keys(zh).filter(
      (key) => params(zh[key as keyof typeof zh]).join() !== params((en as Record<string, string>)[key] ?? '').join(),
    );
    expect(different).toEqual([]);
  });

  it('are not empty', () => {
    for (const texts of [zh, en]) expect(Object.entries(texts).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('are all used', () => {
    expect(Object.keys(zh).filter((key) => !used(key))).toEqual([]);
  });

  it('are not missing where the source asks for them', () => {
    const asked = [...source.matchAll(/\bt\('([^']+)'/g)].map((match) => match[1]);
    expect(asked.length).toBeGreaterThan(50);
    expect(asked.filter((key) => !(key in zh))).toEqual([]);
  });

  it('stand only in the locale files', () => {
    const chinese = source.split('\n').filter((line) => /[\u4e00-\u9fff]/.test(line) && !line.includes("'中文'"));
    expect(chinese).toEqual([]);
  });
});

describe('Translate', () => {
  it('fills parameters and leaves unknown ones visible', () => {
    expect(Translate('en-US', 'time.seconds', { n: 5 })).toContain('5');
    expect(Translate('en-US', 'time.seconds')).toContain('{n}');
  });

  it('formats durations and picks the other language when one is empty', () => {
    const { t, pick } = MakeI18n('en-US');
    expect(Duration(90, t)).toBe(t('time.minutes_seconds', { m: 1, s: 30 }));
    expect(Duration(120, t)).toBe(t('time.minutes', { n: 2 }));
    expect(pick('Z', '')).toBe('Z');
    expect(pick('Z', 'E')).toBe('E');
  });
});
