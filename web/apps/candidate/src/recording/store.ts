// Where recorded pieces wait until the server has acknowledged them: IndexedDB, and memory when the phone has no room
// or the browser forbids storage (private windows). Bytes are ArrayBuffers because Safari loses Blobs kept in IndexedDB.

export interface StoredPiece {
  answer_id: string;
  part: number;
  n: number;
  bytes: ArrayBuffer;
}

export type FinishReason = 'candidate' | 'time_limit' | 'resumed';

/** What must survive a reload about an answer: how much was recorded and whether the person has ended it. */
export interface StoredAnswer {
  answer_id: string;
  stage_key: string;
  recorded_ms: number;
  parts: { part: number; pieces: number }[];
  /** The person has stopped but may still choose to answer again. */
  ended?: FinishReason;
  /** Final: finish it once everything is acknowledged. */
  reason?: FinishReason;
}

export interface StoreTotals {
  pieces: number;
  bytes: number;
}

export interface PieceStore {
  /** Keeps the piece and the answer that counts it, both or neither. */
  PutPiece(piece: StoredPiece, answer: StoredAnswer): Promise<void>;
  /** The first waiting piece in the order (answer, part, n); answers in `skip` are left out. */
  FirstPiece(skip: ReadonlySet<string>): Promise<StoredPiece | undefined>;
  /** Removes pieces of one part with a number below `below`; returns what was removed. */
  RemovePieces(answer_id: string, part: number, below: number): Promise<StoreTotals>;
  PutAnswer(answer: StoredAnswer): Promise<void>;
  Answers(): Promise<StoredAnswer[]>;
  /** Removes the answer and every piece of it. */
  RemoveAnswer(answer_id: string): Promise<StoreTotals>;
  Totals(): Promise<StoreTotals>;
}

function Compare(a: StoredPiece, b: StoredPiece): number {
  if (a.answer_id !== b.answer_id) return a.answer_id < b.answer_id ? -1 : 1;
  return a.part - b.part || a.n - b.n;
}

export class MemoryStore implements PieceStore {
  private pieces_: StoredPiece[] = [];
  private readonly answers_ = new Map<string, StoredAnswer>();

  async PutPiece(piece: StoredPiece, answer: StoredAnswer): Promise<void> {
    this.pieces_ = this.pieces_.filter((other) => Compare(other, piece) !== 0);
    this.pieces_.push(piece);
    this.pieces_.sort(Compare);
    this.answers_.set(answer.answer_id, structuredClone(answer));
  }

  async FirstPiece(skip: ReadonlySet<string>): Promise<StoredPiece | undefined> {
    return this.pieces_.find((piece) => !skip.has(piece.answer_id));
  }

  async RemovePieces(answer_id: string, part: number, below: number): Promise<StoreTotals> {
    return this.Remove((piece) => piece.answer_id === answer_id && piece.part === part && piece.n < below);
  }

  async PutAnswer(answer: StoredAnswer): Promise<void> {
    this.answers_.set(answer.answer_id, structuredClone(answer));
  }

  async Answers(): Promise<StoredAnswer[]> {
    return [...this.answers_.values()].map((answer) => structuredClone(answer));
  }

  async RemoveAnswer(answer_id: string): Promise<StoreTotals> {
    this.answers_.delete(answer_id);
    return this.Remove((piece) => piece.answer_id === answer_id);
  }

  async Totals(): Promise<StoreTotals> {
    return Sum(this.pieces_);
  }

  private Remove(match: (piece: StoredPiece) => boolean): StoreTotals {
    const removed = this.pieces_.filter(match);
    this.pieces_ = this.pieces_.filter((piece) => !match(piece));
    return Sum(removed);
  }
}

function Sum(pieces: StoredPiece[]): StoreTotals {
  return { pieces: pieces.length, bytes: pieces.reduce((sum, piece) => sum + piece.bytes.byteLength, 0) };
}

const kPieces = 'pieces';
const kAnswers = 'answers';

function Done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB transaction aborted'));
    transaction.onerror = () => reject(transaction.error ?? new Error('IndexedDB transaction failed'));
  });
}

function Get<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB request failed'));
  });
}

export class IndexedDbStore implements PieceStore {
  private constructor(private readonly database_: IDBDatabase) {}

  static Name(interview_id: string): string {
    return `bole-interview-${interview_id}`;
  }

  static async Open(interview_id: string, factory: IDBFactory = indexedDB): Promise<IndexedDbStore> {
    const request = factory.open(IndexedDbStore.Name(interview_id), 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(kPieces, { keyPath: ['answer_id', 'part', 'n'] });
      request.result.createObjectStore(kAnswers, { keyPath: 'answer_id' });
    };
    return new IndexedDbStore(await Get(request));
  }

  Close(): void {
    this.database_.close();
  }

  async PutPiece(piece: StoredPiece, answer: StoredAnswer): Promise<void> {
    const transaction = this.database_.transaction([kPieces, kAnswers], 'readwrite');
    const done = Done(transaction);
    transaction.objectStore(kPieces).put(piece);
    transaction.objectStore(kAnswers).put(answer);
    await done;
  }

  async FirstPiece(skip: ReadonlySet<string>): Promise<StoredPiece | undefined> {
    let found: StoredPiece | undefined;
    await this.Walk(undefined, 'readonly', (cursor) => {
      const piece = cursor.value as StoredPiece;
      if (!skip.has(piece.answer_id)) {
        found = piece;
        return;
      }
      cursor.continue([piece.answer_id, Number.MAX_SAFE_INTEGER, 0]);
    });
    return found;
  }

  RemovePieces(answer_id: string, part: number, below: number): Promise<StoreTotals> {
    return this.RemoveRange(IDBKeyRange.bound([answer_id, part, 0], [answer_id, part, below], false, true));
  }

  async PutAnswer(answer: StoredAnswer): Promise<void> {
    const transaction = this.database_.transaction(kAnswers, 'readwrite');
    const done = Done(transaction);
    transaction.objectStore(kAnswers).put(answer);
    await done;
  }

  Answers(): Promise<StoredAnswer[]> {
    return Get(this.database_.transaction(kAnswers, 'readonly').objectStore(kAnswers).getAll() as IDBRequest<StoredAnswer[]>);
  }

  async RemoveAnswer(answer_id: string): Promise<StoreTotals> {
    const removed = await this.RemoveRange(IDBKeyRange.bound([answer_id, 0, 0], [answer_id, Number.MAX_SAFE_INTEGER, 0]));
    const transaction = this.database_.transaction(kAnswers, 'readwrite');
    const done = Done(transaction);
    transaction.objectStore(kAnswers).delete(answer_id);
    await done;
    return removed;
  }

  async Totals(): Promise<StoreTotals> {
    const totals = { pieces: 0, bytes: 0 };
    await this.Walk(undefined, 'readonly', (cursor) => {
      totals.pieces += 1;
      totals.bytes += (cursor.value as StoredPiece).bytes.byteLength;
      cursor.continue();
    });
    return totals;
  }

  private async RemoveRange(range: IDBKeyRange): Promise<StoreTotals> {
    const removed = { pieces: 0, bytes: 0 };
    await this.Walk(range, 'readwrite', (cursor) => {
      removed.pieces += 1;
      removed.bytes += (cursor.value as StoredPiece).bytes.byteLength;
      cursor.delete();
      cursor.continue();
    });
    return removed;
  }

  /** One piece in memory at a time; `visit` moves the cursor on or leaves it. */
  private async Walk(range: IDBKeyRange | undefined, mode: IDBTransactionMode, visit: (cursor: IDBCursorWithValue) => void): Promise<void> {
    const transaction = this.database_.transaction(kPieces, mode);
    const done = Done(transaction);
    const request = transaction.objectStore(kPieces).openCursor(range);
    request.onsuccess = () => {
      if (request.result) visit(request.result);
    };
    await done;
  }
}

/** The durable store first; what it refuses (full disk, quota) waits in memory. Removes and reads look at both. */
export class LayeredStore implements PieceStore {
  private readonly memory_ = new MemoryStore();
  private durable_ = true;

  constructor(private readonly disk_: PieceStore) {}

  get durable(): boolean {
    return this.durable_;
  }

  async PutPiece(piece: StoredPiece, answer: StoredAnswer): Promise<void> {
    try {
      await this.disk_.PutPiece(piece, answer);
      this.durable_ = true;
    } catch {
      this.durable_ = false;
      await this.memory_.PutPiece(piece, answer);
    }
  }

  async FirstPiece(skip: ReadonlySet<string>): Promise<StoredPiece | undefined> {
    const [disk, memory] = await Promise.all([this.disk_.FirstPiece(skip), this.memory_.FirstPiece(skip)]);
    if (!disk || !memory) return disk ?? memory;
    return Compare(disk, memory) <= 0 ? disk : memory;
  }

  async RemovePieces(answer_id: string, part: number, below: number): Promise<StoreTotals> {
    return Add(await this.disk_.RemovePieces(answer_id, part, below), await this.memory_.RemovePieces(answer_id, part, below));
  }

  async PutAnswer(answer: StoredAnswer): Promise<void> {
    try {
      await this.disk_.PutAnswer(answer);
    } catch {
      await this.memory_.PutAnswer(answer);
    }
  }

  async Answers(): Promise<StoredAnswer[]> {
    const merged = new Map((await this.disk_.Answers()).map((answer) => [answer.answer_id, answer]));
    for (const answer of await this.memory_.Answers()) merged.set(answer.answer_id, answer);
    return [...merged.values()];
  }

  async RemoveAnswer(answer_id: string): Promise<StoreTotals> {
    return Add(await this.disk_.RemoveAnswer(answer_id), await this.memory_.RemoveAnswer(answer_id));
  }

  async Totals(): Promise<StoreTotals> {
    return Add(await this.disk_.Totals(), await this.memory_.Totals());
  }
}

function Add(a: StoreTotals, b: StoreTotals): StoreTotals {
  return { pieces: a.pieces + b.pieces, bytes: a.bytes + b.bytes };
}

/** The store of one interview on this phone. */
export async function OpenStore(interview_id: string): Promise<{ store: PieceStore; durable: () => boolean }> {
  try {
    const layered = new LayeredStore(await IndexedDbStore.Open(interview_id));
    return { store: layered, durable: () => layered.durable };
  } catch {
    return { store: new MemoryStore(), durable: () => false };
  }
}
