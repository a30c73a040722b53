import { useState, type DragEvent } from 'react';

const carriesFile = (event: DragEvent) => event.dataTransfer.types.includes('Files');

/** Files dropped on an element: spread `drop` on it; `over` is true while one is held above. A `closed` one takes nothing. */
export function useFileDrop(closed: boolean, take: (files: FileList) => void) {
  const [over, setOver] = useState(false);
  const drop = {
    onDragOver: (event: DragEvent) => {
      if (!carriesFile(event)) return;
      event.preventDefault();
      setOver(!closed);
    },
    onDragLeave: (event: DragEvent) => { if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false); },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      take(event.dataTransfer.files);
    },
  };
  return { over, drop };
}
