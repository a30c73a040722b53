import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { ApiError } from '../api/http';
import type { CandidateSession, FinishAnswer, PieceAck } from '../api/types';
import { UploadQueue, type QueueState, type QueueTransport } from './queue';
import { IndexedDbStore, LayeredStore, MemoryStore, type PieceStore } from './store';

const kAnswer = '01JD0000000000000000000001';
const kSession = { interview_id: 'i', state: 'in_progress' } as CandidateSession;

const Bytes = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer;
const Text = (bytes: ArrayBuffer) => new TextDecoder().decode(bytes);

/** Keeps pieces as the real server does: in order, repeats harmless, gaps refused, finish only when complete. */
class FakeServer implements QueueTransport {
  parts = new Map<string, string[]>();
  finished: FinishAnswer[] = [];
  closed = new Set<string>();
  calls = 0;
  /** Runs before each request; may throw to fail it, or return 'lose_answer' to do the work and drop the reply. */
  fault: (call: number) => void | 'lose_answer' = () => {};

  async PutPiece(answer_id: string, part: number, n: number, bytes: ArrayBuffer): Promise<PieceAck> {
    const lost = this.Enter();
    if (this.closed.has(answer_id)) throw new ApiError(409, 'answer.closed');
    const key = `${answer_id}/${part}`;
    const have = this.parts.get(key) ?? [];
    if (n > have.length) throw new ApiError(409, 'piece.out_of_order', { next_piece: have.length });
    if (n === have.length) have.push(Text(bytes));
    this.parts.set(key, have);
    if (lost) throw new ApiError(0, 'network.offline');
    return { next_piece: have.length, bytes: have.join('').length };
  }

  async FinishAnswer(answer_id: string, body: FinishAnswer): Promise<CandidateSession> {
    const lost = this.Enter();
    if (this.closed.has(answer_id)) throw new ApiError(409, 'answer.closed');
    for (const { part, pieces } of body.parts) {
      const have = this.parts.get(`${answer_id}/${part}`)?.length ?? 0;
      if (have !== pieces) throw new ApiError(409, 'answer.pieces_missing', { part, next_piece: have });
    }
    this.closed.add(answer_id);
    this.finished.push(body);
    if (lost) throw new ApiError(0, 'network.offline');
    return kSession;
  }

  async Session(): Promise<CandidateSession> {
    this.Enter();
    return kSession;
  }

  Content(part: number): string {
    return (this.parts.get(`${kAnswer}/${part}`) ?? []).join('');
  }

  private Enter(): boolean {
    this.calls += 1;
    return this.fault(this.calls) === 'lose_answer';
  }
}

/** Pauses end at once unless `hold` is set; then only Wake ends them. */
class FakeDelay {
  pauses: number[] = [];
  hold = false;
  make = (ms: number) => {
    this.pauses.push(ms);
    let wake = () => {};
    const done = this.hold ? new Promise<void>((resolve) => (wake = resolve)) : Promise.resolve();
    return { done, wake: () => wake() };
  };
}

function Until(queue: UploadQueue, match: (state: QueueState) => boolean): Promise<QueueState> {
  return new Promise((resolve) => {
    const stop = queue.Subscribe((state) => {
      if (!match(state)) return;
      queueMicrotask(() => stop());
      resolve(state);
    });
  });
}

let factory: IDBFactory;
let server: FakeServer;
let delay: FakeDelay;

beforeEach(() => {
  globalThis.IDBKeyRange = IDBKeyRange;
  factory = new IDBFactory();
  server = new FakeServer();
  delay = new FakeDelay();
});

async function Open(store?: PieceStore): Promise<UploadQueue> {
  const queue = new UploadQueue({
    store: store ?? (await IndexedDbStore.Open('i', factory)),
    transport: server,
    delay: delay.make,
    random: () => 1,
  });
  await queue.Start();
  return queue;
}

async function Record(queue: UploadQueue, part: number, pieces: string[]): Promise<void> {
  await queue.OpenPart(kAnswer, 's1', part);
  for (const [index, piece] of pieces.entries()) await queue.Add(kAnswer, part, Bytes(piece), (index + 1) * 1000);
}

function Finished(queue: UploadQueue): Promise<CandidateSession> {
  return new Promise((resolve) => queue.OnFinished((_, session) => resolve(session)));
}

describe('upload queue', () => {
  it('sends pieces in order, finishes after the last acknowledgement and leaves the store empty', async () => {
    const queue = await Open();
    const finished = Finished(queue);
    await Record(queue, 0, ['a', 'b', 'c']);
    await queue.Close(kAnswer, 'candidate');
    await finished;
    await Until(queue, (state) => state.phase === 'idle');
    expect(server.Content(0)).toBe('abc');
    expect(server.finished).toEqual([{ parts: [{ part: 0, pieces: 3 }], duration_ms: 3000, reason: 'candidate' }]);
    const store = await IndexedDbStore.Open('i', factory);
    expect(await store.Totals()).toEqual({ pieces: 0, bytes: 0 });
    expect(await store.Answers()).toEqual([]);
    expect(queue.state).toMatchObject({ pieces: 0, bytes: 0, failures: 0 });
    await queue.Stop();
  });

  it('keeps a piece until it is acknowledged and repeats after 5xx with growing pauses up to the ceiling', async () => {
    server.fault = (call) => {
      if (call <= 9) throw new ApiError(503, 'http.503');
    };
    const queue = await Open();
    await Record(queue, 0, ['a']);
    await Until(queue, (state) => state.phase === 'idle' && state.pieces === 0);
    expect(server.Content(0)).toBe('a');
    expect(delay.pauses).toEqual([500, 1000, 2000, 4000, 8000, 15000, 15000, 15000, 15000]);
    await queue.Stop();
  });

  it('honours Retry-After', async () => {
    server.fault = (call) => {
      if (call === 1) throw new ApiError(429, 'rate.limited', {}, '', 7);
    };
    const queue = await Open();
    await Record(queue, 0, ['a']);
    await Until(queue, (state) => state.phase === 'idle' && state.pieces === 0);
    expect(delay.pauses).toEqual([7000]);
    await queue.Stop();
  });

  it('shows offline, waits, and goes on at once when the network is back', async () => {
    let online = false;
    server.fault = () => {
      if (!online) throw new ApiError(0, 'network.offline');
    };
    delay.hold = true;
    const queue = await Open();
    await Record(queue, 0, ['a', 'b']);
    const waiting = await Until(queue, (state) => state.phase === 'waiting');
    expect(waiting).toMatchObject({ offline: true, failures: 1, pieces: 2 });
    await queue.Add(kAnswer, 0, Bytes('c'), 3000);
    expect(server.calls).toBe(1);
    online = true;
    queue.Wake();
    await Until(queue, (state) => state.phase === 'idle');
    expect(server.Content(0)).toBe('abc');
    await queue.Stop();
  });

  it('repeats a piece whose acknowledgement was lost, without doubling it', async () => {
    server.fault = (call) => (call === 1 ? 'lose_answer' : undefined);
    const queue = await Open();
    await Record(queue, 0, ['a', 'b']);
    await Until(queue, (state) => state.phase === 'idle' && state.pieces === 0);
    expect(server.Content(0)).toBe('ab');
    await queue.Stop();
  });

  it('skips what the server already has when it says so', async () => {
    const queue = await Open(new MemoryStore());
    const real = server.PutPiece.bind(server);
    let told = false;
    server.PutPiece = async (answer_id, part, n, bytes) => {
      if (!told) {
        told = true;
        server.parts.set(`${kAnswer}/0`, ['a', 'b']);
        throw new ApiError(409, 'piece.out_of_order', { next_piece: 2 });
      }
      return real(answer_id, part, n, bytes);
    };
    delay.hold = true;
    await Record(queue, 0, ['a', 'b', 'c']);
    await Until(queue, (state) => state.phase === 'idle' && state.pieces === 0);
    expect(server.Content(0)).toBe('abc');
    await queue.Stop();
  });

  it('refuses an answer whose gap does not close, keeps its pieces and lets the person start again', async () => {
    const queue = await Open();
    await Record(queue, 0, ['a', 'b']);
    await Until(queue, (state) => state.phase === 'idle' && state.pieces === 0);
    server.parts.set(`${kAnswer}/0`, []);
    await queue.Add(kAnswer, 0, Bytes('c'), 3000);
    const state = await Until(queue, (now) => now.phase === 'refused');
    expect(state).toMatchObject({ code: 'piece.out_of_order', answer_id: kAnswer, pieces: 1 });
    expect(delay.pauses).toHaveLength(4);
    await queue.Forget(kAnswer);
    expect((await Until(queue, (now) => now.phase === 'idle')).pieces).toBe(0);
    await Record(queue, 1, ['x']);
    await Until(queue, (now) => now.phase === 'idle' && now.pieces === 0);
    expect(server.Content(1)).toBe('x');
    await queue.Stop();
  });

  it('goes on with the pieces of an earlier page after a reload, then with the next part', async () => {
    server.fault = () => {
      throw new ApiError(0, 'network.offline');
    };
    delay.hold = true;
    const before = await Open();
    await Record(before, 0, ['a', 'b']);
    await Until(before, (state) => state.phase === 'waiting');
    void before.Stop();

    server.fault = () => {};
    const after = await Open();
    expect(after.Answer(kAnswer)).toMatchObject({ recorded_ms: 2000, parts: [{ part: 0, pieces: 2 }] });
    const finished = Finished(after);
    await after.OpenPart(kAnswer, 's1', 1);
    await after.Add(kAnswer, 1, Bytes('c'), 3000);
    await after.Close(kAnswer, 'time_limit');
    await finished;
    expect(server.Content(0)).toBe('ab');
    expect(server.Content(1)).toBe('c');
    expect(server.finished[0]).toEqual({
      parts: [{ part: 0, pieces: 2 }, { part: 1, pieces: 1 }],
      duration_ms: 3000,
      reason: 'time_limit',
    });
    await after.Stop();
  });

  it('finishes after a reload when the page died between the last piece and the finish', async () => {
    const store = await IndexedDbStore.Open('i', factory);
    await store.PutPiece(
      { answer_id: kAnswer, part: 0, n: 0, bytes: Bytes('a') },
      { answer_id: kAnswer, stage_key: 's1', recorded_ms: 900, parts: [{ part: 0, pieces: 1 }], reason: 'candidate' },
    );
    const queue = new UploadQueue({ store, transport: server, delay: delay.make });
    const finished = Finished(queue);
    await queue.Start();
    await finished;
    expect(server.Content(0)).toBe('a');
    expect(server.finished).toHaveLength(1);
    await queue.Stop();
  });

  it('takes a finish whose answer was lost as done', async () => {
    server.fault = (call) => (call === 2 ? 'lose_answer' : undefined);
    const queue = await Open();
    const finished = Finished(queue);
    await Record(queue, 0, ['a']);
    await queue.Close(kAnswer, 'candidate');
    expect(await finished).toEqual(kSession);
    expect(server.finished).toHaveLength(1);
    await queue.Stop();
  });

  it('never finishes before every piece is acknowledged', async () => {
    let open = false;
    server.fault = () => {
      if (!open) throw new ApiError(500, 'http.500');
    };
    delay.hold = true;
    const queue = await Open();
    await Record(queue, 0, ['a', 'b']);
    await queue.Close(kAnswer, 'candidate');
    await Until(queue, (state) => state.phase === 'waiting');
    expect(server.finished).toEqual([]);
    const finished = Finished(queue);
    open = true;
    queue.Wake();
    await finished;
    expect(server.Content(0)).toBe('ab');
    await queue.Stop();
  });

  it('stops at a lost sign-in and goes on after a new one', async () => {
    let signed_in = false;
    server.fault = () => {
      if (!signed_in) throw new ApiError(401, 'session.required');
    };
    const queue = await Open();
    await Record(queue, 0, ['a']);
    await Until(queue, (state) => state.phase === 'signed_out');
    const calls = server.calls;
    await queue.Add(kAnswer, 0, Bytes('b'), 2000);
    expect(server.calls).toBe(calls);
    signed_in = true;
    queue.Resume();
    await Until(queue, (state) => state.phase === 'idle' && state.pieces === 0);
    expect(server.Content(0)).toBe('ab');
    await queue.Stop();
  });

  it('says nothing about a piece that was on its way when the person chose to answer again', async () => {
    const queue = await Open();
    let refuse: () => void = () => {};
    const held = new Promise<void>((resolve) => (refuse = resolve));
    const entered = new Promise<void>((resolve) => {
      server.PutPiece = async () => {
        resolve();
        await held;
        throw new ApiError(409, 'answer.closed');
      };
    });
    await Record(queue, 0, ['a']);
    await entered;
    await queue.Forget(kAnswer);
    refuse();
    expect(await Until(queue, (state) => state.phase === 'idle')).toMatchObject({ code: '', pieces: 0 });
    await queue.Stop();
  });

  it('remembers over a reload that the person had ended the answer and may still choose', async () => {
    const before = await Open();
    await Record(before, 0, ['a']);
    await before.End(kAnswer, 'time_limit');
    await Until(before, (state) => state.phase === 'idle' && state.pieces === 0);
    await before.Stop();
    const after = await Open();
    expect(after.Answer(kAnswer)?.ended).toBe('time_limit');
    expect(after.Closing()).toBeUndefined();
    expect(server.finished).toEqual([]);
    await after.Stop();
  });

  it('splits a piece larger than the server takes', async () => {
    const queue = await Open();
    await queue.OpenPart(kAnswer, 's1', 0);
    await queue.Add(kAnswer, 0, Bytes('abcdefgh'), 1000, 3);
    await Until(queue, (state) => state.phase === 'idle' && state.pieces === 0);
    expect(server.parts.get(`${kAnswer}/0`)).toEqual(['abc', 'def', 'gh']);
    await queue.Stop();
  });

  it('keeps going in memory, and says so, when the phone has no room', async () => {
    const disk = await IndexedDbStore.Open('i', factory);
    disk.PutPiece = async () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    const layered = new LayeredStore(disk);
    delay.hold = true;
    server.fault = (call) => {
      if (call === 1) throw new ApiError(0, 'network.offline');
    };
    const queue = new UploadQueue({ store: layered, transport: server, delay: delay.make, durable: () => layered.durable });
    await queue.Start();
    await Record(queue, 0, ['a', 'b']);
    expect(await Until(queue, (state) => state.phase === 'waiting')).toMatchObject({ durable: false, pieces: 2 });
    queue.Wake();
    await Until(queue, (state) => state.phase === 'idle' && state.pieces === 0);
    expect(server.Content(0)).toBe('ab');
    await queue.Stop();
  });
});
