import { describe, expect, it } from 'vitest';
import { ChooseRecorderType, DetectBrowser, kRecorderTypes } from './browser';
import { kSilentDb, Percentile, RmsDb } from './level';
import { MeanLuma } from './picture';
import { TroubleWatch } from './watch';

const kChrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';

describe('DetectBrowser', () => {
  it.each([
    ['wechat', 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.50', 5],
    ['dingtalk', 'Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/111.0 Mobile Safari/537.36 AliApp(DingTalk/7.5)', 5],
    ['safari_ios', 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1', 5],
    ['safari_ios', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15', 5],
    ['safari', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15', 0],
    ['chrome_ios', 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 CriOS/130.0 Mobile/15E148 Safari/604.1', 5],
    ['edge', `${kChrome} Edg/130.0`, 0],
    ['firefox', 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0', 0],
    ['chrome', kChrome, 0],
    ['chrome_android', 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36', 5],
    ['other', 'curl/8', 0],
  ])('%s', (browser, agent, touch) => expect(DetectBrowser(agent, touch)).toBe(browser));
});

describe('ChooseRecorderType', () => {
  it('prefers vp8, takes mp4 where that is all, and knows when there is nothing', () => {
    expect(ChooseRecorderType(() => true)).toBe('video/webm;codecs=vp8,opus');
    expect(ChooseRecorderType((type) => type.startsWith('video/mp4'))).toMatch(/^video\/mp4;codecs=avc1/);
    expect(ChooseRecorderType((type) => type === 'video/mp4')).toBe('video/mp4');
    expect(ChooseRecorderType(() => false)).toBeUndefined();
    expect(kRecorderTypes.findIndex((type) => type.includes('mp4'))).toBeGreaterThan(kRecorderTypes.findIndex((type) => type.includes('vp9')));
  });
});

describe('levels', () => {
  it('measures RMS in dBFS', () => {
    expect(RmsDb(new Float32Array(100))).toBe(kSilentDb);
    expect(RmsDb(new Float32Array(100).fill(1))).toBeCloseTo(0, 6);
    expect(RmsDb(new Float32Array(100).fill(0.1))).toBeCloseTo(-20, 4);
  });

  it('takes percentiles without changing the readings', () => {
    const readings = [-20, -60, -40];
    expect(Percentile(readings, 0)).toBe(-60);
    expect(Percentile(readings, 0.95)).toBe(-20);
    expect(Percentile([], 0.5)).toBe(kSilentDb);
    expect(readings).toEqual([-20, -60, -40]);
  });

  it('weighs colours as the eye does', () => {
    expect(MeanLuma(new Uint8ClampedArray([255, 255, 255, 255, 0, 0, 0, 255]))).toBeCloseTo(127.5, 3);
    expect(MeanLuma(new Uint8ClampedArray([0, 255, 0, 255]))).toBeGreaterThan(MeanLuma(new Uint8ClampedArray([0, 0, 255, 255])));
  });
});

describe('TroubleWatch', () => {
  it('reports silence after eight seconds and forgets it with the first word', () => {
    const watch = new TroubleWatch(0);
    watch.Luma(100, 7_900);
    watch.Level(-80, 7_500);
    expect(watch.Find(7_900)).toBeUndefined();
    expect(watch.Find(8_000)).toBe('silent');
    watch.Level(-30, 8_100);
    expect(watch.Find(8_200)).toBeUndefined();
  });

  it('reports a black picture after four seconds', () => {
    const watch = new TroubleWatch(0);
    watch.Level(-30, 3_000);
    watch.Luma(3, 3_999);
    expect(watch.Find(3_999)).toBeUndefined();
    expect(watch.Find(4_000)).toBe('black');
    watch.Luma(90, 4_500);
    expect(watch.Find(5_000)).toBeUndefined();
  });

  it('says nothing without fresh readings', () => {
    const watch = new TroubleWatch(0);
    watch.Level(-80, 1_000);
    watch.Luma(2, 1_000);
    expect(watch.Find(20_000)).toBeUndefined();
  });

  it('says muted before anything else', () => {
    const watch = new TroubleWatch(0);
    watch.Muted(true);
    expect(watch.Find(20_000)).toBe('muted');
  });
});
