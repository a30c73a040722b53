import { ApiProblem, problemFrom } from '@bole/api';
import { currentLocale } from '../app/i18n';
import type { CandidateFileKind, UploadedFile } from '../lib/candidate-files';
import { api } from './client';

export const filesPath = (candidateId: string) => `/candidates/${encodeURIComponent(candidateId)}/files`;

/** Sends a file and tells how much of it is sent, which fetch cannot. */
export function uploadFile(candidateId: string, file: File, kind: CandidateFileKind, onSent: (share: number) => void): Promise<UploadedFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', api.url(filesPath(candidateId), { name: file.name, kind }));
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('X-Bole-Client', 'console');
    request.setRequestHeader('X-Bole-Locale', currentLocale());
    request.upload.onprogress = (event) => { if (event.lengthComputable) onSent(event.loaded / event.total); };
    request.onerror = () => reject(new ApiProblem({ title: 'network', status: 0, code: 'network' }));
    request.onload = () => {
      const answer = new Response(request.responseText, { status: request.status, headers: { 'Content-Type': request.getResponseHeader('Content-Type') ?? '' } });
      (answer.ok ? answer.json() as Promise<UploadedFile> : problemFrom(answer).then((problem) => Promise.reject(problem))).then(resolve, reject);
    };
    request.send(file);
  });
}
