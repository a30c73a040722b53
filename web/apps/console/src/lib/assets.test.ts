import { describe, expect, it } from 'vitest';
import { acceptOf, checkFile, inMegabytes } from './assets';

const file = (name: string, type: string, size = 1000) => ({ name, type, size });
const megabyte = 1024 * 1024;

describe('a file to attach', () => {
  it('is known by its type, whatever the browser calls it', () => {
    expect(checkFile(file('a.png', 'image/png'), ['picture'])).toEqual({ kind: 'picture', type: 'image/png' });
    expect(checkFile(file('a.m4a', 'audio/x-m4a'), ['audio'])).toEqual({ kind: 'audio', type: 'audio/mp4' });
    expect(checkFile(file('a.webm', 'video/webm;codecs=vp9'), ['video'])).toEqual({ kind: 'video', type: 'video/webm' });
    expect(checkFile(file('a.ogg', 'video/ogg'), ['audio', 'video'])).toEqual({ kind: 'audio', type: 'audio/ogg' });
  });

  it('is known by its ending where the browser knows no type', () => {
    expect(checkFile(file('Talk.MP3', ''), ['audio'])).toEqual({ kind: 'audio', type: 'audio/mpeg' });
    expect(checkFile(file('noending', ''), ['audio'])).toEqual({ wrong: 'type' });
  });

  it('is refused when it is of another kind, empty or too large', () => {
    expect(checkFile(file('a.svg', 'image/svg+xml'), ['picture'])).toEqual({ wrong: 'type' });
    expect(checkFile(file('a.png', 'text/html'), ['picture'])).toEqual({ wrong: 'type' });
    expect(checkFile(file('a.mp3', 'audio/mpeg'), ['picture', 'video'])).toEqual({ wrong: 'type' });
    expect(checkFile(file('a.png', 'image/png', 0), ['picture'])).toEqual({ wrong: 'empty' });
    expect(checkFile(file('a.png', 'image/png', 5 * megabyte), ['picture'])).toEqual({ kind: 'picture', type: 'image/png' });
    expect(checkFile(file('a.png', 'image/png', 5 * megabyte + 1), ['picture'])).toEqual({ wrong: 'size', limit: 5 });
  });

  it('is offered by type and ending', () => {
    expect(acceptOf(['video'])).toBe('video/mp4,.mp4,video/webm,.webm');
    expect(acceptOf(['picture']).split(',').filter((part) => part === 'image/jpeg')).toHaveLength(1);
  });

  it('has a size that is not rounded to nothing', () => {
    expect([inMegabytes(10), inMegabytes(megabyte), inMegabytes(5 * megabyte + 1)]).toEqual([0.1, 1, 5.1]);
  });
});
