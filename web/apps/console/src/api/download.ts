import type { Query } from '@bole/api';
import { api } from './client';
import { useSend } from './hooks';

export interface FileRequest {
  path: string;
  query?: Query;
}

/** Fetches a file in the interface's language and hands it to the browser; a refusal is shown like any other problem. */
export function useDownload() {
  return useSend(({ path, query }: FileRequest) => api.file(path, query), {
    onDone: ({ blob, name }, { path }) => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(blob);
      link.download = name || path.slice(path.lastIndexOf('/') + 1);
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    },
  });
}
