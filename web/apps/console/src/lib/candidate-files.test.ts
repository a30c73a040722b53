import { describe, expect, it } from 'vitest';
import { refuse, sizeOf, viewOf } from './candidate-files';

describe('files of a candidate', () => {
  it('are refused by ending, emptiness and size', () => {
    expect(refuse({ name: 'cv.PDF', size: 1 })).toBeUndefined();
    expect(refuse({ name: 'cv.pdf.exe', size: 1 })).toBe('type');
    expect(refuse({ name: 'cv', size: 1 })).toBe('type');
    expect(refuse({ name: 'cv.docx', size: 0 })).toBe('empty');
    expect(refuse({ name: 'cv.docx', size: 20 * 1024 * 1024 })).toBeUndefined();
    expect(refuse({ name: 'cv.docx', size: 20 * 1024 * 1024 + 1 })).toBe('size');
  });

  it('are shown as pages, picture or text, never as a page of their own', () => {
    expect(viewOf('application/pdf')).toBe('pages');
    expect(viewOf('image/jpeg')).toBe('picture');
    expect(viewOf('image/svg+xml')).toBe('text');
    expect(viewOf('text/html')).toBe('text');
  });

  it('have a size a person reads', () => {
    expect(sizeOf(1)).toEqual({ unit: 'kb', size: 1 });
    expect(sizeOf(500 * 1024)).toEqual({ unit: 'kb', size: 500 });
    expect(sizeOf(20 * 1024 * 1024)).toEqual({ unit: 'mb', size: 20 });
  });
});
