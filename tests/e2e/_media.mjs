// What the fake microphone and camera of Chromium play: real speech where it is there, a real face.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kRoot, Run } from './_bole.mjs';

const kSpeech = join(kRoot, '../shared/data/speech/en');
const kPicture = join(kRoot, '.deps/models-npm/node_modules/@vladmandic/face-api/demo/sample6.jpg');
// One of the persons in it.
const kPerson = { x: 490, y: 200, width: 660, height: 495 };
const kRate = 48_000;
const kGapSeconds = 0.4;
const kFrames = 45;
export const kWidth = 640;
export const kHeight = 480;

/** Samples −1…1 of a 16-bit PCM file, first channel. */
export function ReadWav(bytes) {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF') throw new Error('not a WAV file');
  let rate = 0;
  let channels = 1;
  for (let at = 12; at + 8 <= bytes.length;) {
    const id = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    if (id === 'fmt ') {
      if (bytes.readUInt16LE(at + 8) !== 1 || bytes.readUInt16LE(at + 22) !== 16) throw new Error('not 16-bit PCM');
      channels = bytes.readUInt16LE(at + 10);
      rate = bytes.readUInt32LE(at + 12);
    } else if (id === 'data') {
      const step = 2 * channels;
      const length = Math.floor(Math.min(size, bytes.length - at - 8) / step);
      const samples = new Float32Array(length);
      for (let i = 0; i < length; i += 1) samples[i] = bytes.readInt16LE(at + 8 + i * step) / 32768;
      return { rate, samples };
    }
    at += 8 + size + (size & 1);
  }
  throw new Error('WAV file without data');
}

export function Wav(samples, rate = kRate) {
  const out = Buffer.alloc(44 + samples.length * 2);
  out.write('RIFF', 0);
  out.writeUInt32LE(36 + samples.length * 2, 4);
  out.write('WAVEfmt ', 8);
  out.writeUInt32LE(16, 16);
  out.writeUInt16LE(1, 20);
  out.writeUInt16LE(1, 22);
  out.writeUInt32LE(rate, 24);
  out.writeUInt32LE(rate * 2, 28);
  out.writeUInt16LE(2, 32);
  out.writeUInt16LE(16, 34);
  out.write('data', 36);
  out.writeUInt32LE(samples.length * 2, 40);
  for (let i = 0; i < samples.length; i += 1) out.writeInt16LE(Math.round(Math.max(-1, Math.min(1, samples[i])) * 32767), 44 + i * 2);
  return out;
}

function Resample({ rate, samples }) {
  const out = new Float32Array(Math.floor((samples.length * kRate) / rate));
  for (let i = 0; i < out.length; i += 1) {
    const at = (i * rate) / kRate;
    const left = Math.floor(at);
    const next = samples[Math.min(left + 1, samples.length - 1)];
    out[i] = samples[left] + (next - samples[left]) * (at - left);
  }
  return out;
}

/** Writes about 25 seconds of English; returns the words that are spoken in it. */
export async function MakeSpeech(file) {
  const parts = [];
  let words = '';
  if (existsSync(join(kSpeech, 'transcripts.tsv'))) {
    const lines = readFileSync(join(kSpeech, 'transcripts.tsv'), 'utf8').trim().split('\n').map((line) => line.split('\t'));
    // The clear recordings first: an answer that is cut short has heard those.
    for (const [name, text] of lines.sort(([a], [b]) => Number(a.startsWith('jfk')) - Number(b.startsWith('jfk')))) {
      parts.push(Resample(ReadWav(readFileSync(join(kSpeech, name)))));
      words += ` ${text}`;
    }
  } else {
    words = 'When a customer was angry about a long waiting time I listened first and apologised. Then I explained the reason, '
      + 'offered another appointment and called back the next day. The customer thanked us and stayed with the bank.';
    const spoken = `${file}.espeak.wav`;
    await Run('espeak-ng', ['-v', 'en-us', '-s', '140', '-w', spoken, words]);
    parts.push(Resample(ReadWav(readFileSync(spoken))));
  }
  const gap = Math.round(kGapSeconds * kRate);
  const samples = new Float32Array(parts.reduce((sum, part) => sum + part.length + gap, 0));
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length + gap;
  }
  writeFileSync(file, Wav(samples));
  return { words: new Set(words.toLowerCase().match(/[a-z']+/g)), seconds: samples.length / kRate };
}

/** A person before the camera, moving a little, as one JPEG behind the other. Returns whether it shows a real face. */
export async function MakeVideo(browser, file) {
  const picture = existsSync(kPicture) ? `data:image/jpeg;base64,${readFileSync(kPicture).toString('base64')}` : '';
  const page = await browser.newPage();
  const frames = await page.evaluate(async ({ picture, person, count, width, height }) => {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const draw = canvas.getContext('2d');
    const image = new Image();
    if (picture) {
      image.src = picture;
      await image.decode();
    }
    const out = [];
    for (let i = 0; i < count; i += 1) {
      const turn = (2 * Math.PI * i) / count;
      const [x, y] = [6 * Math.sin(turn), 4 * Math.cos(2 * turn)];
      draw.fillStyle = '#8a97a5';
      draw.fillRect(0, 0, width, height);
      if (picture) {
        draw.drawImage(image, person.x + x, person.y + y, person.width, person.height, 0, 0, width, height);
      } else {
        draw.fillStyle = '#d9b08c';
        draw.beginPath();
        draw.ellipse(width / 2 + x, height / 2 + y, 90, 120, 0, 0, 2 * Math.PI);
        draw.fill();
      }
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85));
      const bytes = new Uint8Array(await blob.arrayBuffer());
      let text = '';
      for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
      out.push(btoa(text));
    }
    return out;
  }, { picture, person: kPerson, count: kFrames, width: kWidth, height: kHeight });
  await page.close();
  writeFileSync(file, Buffer.concat(frames.map((frame) => Buffer.from(frame, 'base64'))));
  return picture !== '';
}
