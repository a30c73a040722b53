// Reads a text aloud: a voice of the device when it has one of the language (nothing is downloaded), else the server's audio.
import type { Locale } from '../api/types';

export interface Reading {
  /** true: read to the end; false: nothing could be heard (the text is on the screen anyway) or stopped. */
  done: Promise<boolean>;
  Stop(): void;
}

// Some browsers accept an utterance and never start it.
const kStartWithinMs = 2_500;

function FindVoice(locale: Locale): SpeechSynthesisVoice | undefined {
  const language = locale.slice(0, 2);
  const voices = window.speechSynthesis?.getVoices() ?? [];
  const fitting = voices.filter((voice) => voice.localService && voice.lang.replace('_', '-').toLowerCase().startsWith(language));
  return fitting.find((voice) => voice.lang.replace('_', '-') === locale) ?? fitting[0];
}

export function ReadAloud(text: string, locale: Locale, audio_url: string): Reading {
  let stop = () => {};
  let stopped = false;
  const run = async (): Promise<boolean> => {
    const voice = FindVoice(locale);
    if (voice && !stopped) {
      const spoken = Speak(text, voice, locale);
      stop = spoken.Stop;
      if (await spoken.done) return true;
    }
    if (stopped || !audio_url) return false;
    const played = Play(new Audio(audio_url));
    stop = played.Stop;
    return played.done;
  };
  return {
    done: run().catch(() => false),
    Stop: () => {
      stopped = true;
      stop();
    },
  };
}

/** Time to read a text for oneself where it cannot be read aloud. */
export function SilentReadingMs(text: string): number {
  const wide = [...text].filter((letter) => letter > '\u2e80').length;
  return Math.min(30_000, 3_000 + wide * 220 + (text.length - wide) * 70);
}

function Speak(text: string, voice: SpeechSynthesisVoice, locale: Locale): Reading {
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.voice = voice;
  utterance.lang = locale;
  utterance.rate = 0.95;
  let finish: (done: boolean) => void = () => {};
  const done = new Promise<boolean>((resolve) => (finish = resolve));
  const watchdog = setTimeout(() => {
    window.speechSynthesis.cancel();
    finish(false);
  }, kStartWithinMs);
  utterance.onstart = () => clearTimeout(watchdog);
  utterance.onend = () => {
    clearTimeout(watchdog);
    finish(true);
  };
  utterance.onerror = () => {
    clearTimeout(watchdog);
    finish(false);
  };
  window.speechSynthesis.cancel();
  window.speechSynthesis.speak(utterance);
  return {
    done,
    Stop: () => {
      clearTimeout(watchdog);
      window.speechSynthesis.cancel();
      finish(true);
    },
  };
}

/** Plays a recording from its beginning; with a limit it fails when it has not got going by then. */
export function Play(media: HTMLMediaElement, start_within_ms?: number): Reading {
  let finish: (done: boolean) => void = () => {};
  const done = new Promise<boolean>((resolve) => (finish = resolve));
  const end = (heard: boolean) => {
    clearTimeout(watchdog);
    media.onended = media.onerror = null;
    media.pause();
    // One that is not on the page is not needed again: its download ends.
    if (!media.isConnected) media.removeAttribute('src');
    finish(heard);
  };
  const watchdog = start_within_ms === undefined ? undefined : setTimeout(() => {
    if (media.currentTime === 0) end(false);
  }, start_within_ms);
  media.onended = () => end(true);
  media.onerror = () => end(false);
  media.currentTime = 0;
  media.play().catch(() => end(false));
  return { done, Stop: () => end(false) };
}

/** One after the other; the second learns whether the first was heard. */
export function InTurn(first: Reading, second: (heard: boolean) => Reading): Reading {
  let now = first;
  let stopped = false;
  return {
    done: first.done.then((heard) => {
      if (stopped) return false;
      now = second(heard);
      return now.done;
    }),
    Stop: () => {
      stopped = true;
      now.Stop();
    },
  };
}
