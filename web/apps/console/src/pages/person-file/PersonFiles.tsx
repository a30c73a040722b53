import { DeleteOutlined, FileImageOutlined, FilePdfOutlined, FileTextOutlined, FileWordOutlined } from '@ant-design/icons';
import type { CandidateFileView, Items } from '@bole/api';
import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { filesPath } from '../../api/candidate-files';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useCan, useSession } from '../../app/session';
import { DownloadButton } from '../../components/DownloadButton';
import { useWithPurpose } from '../../components/Purpose';
import { ErrorState, Loading } from '../../components/States';
import { sizeOf } from '../../lib/candidate-files';
import { useFormat } from '../../lib/format';
import { FileUpload } from './FileUpload';
import { FileViewer } from './FileViewer';
import './files.css';

function FileIcon({ type }: { type: string }) {
  if (type === 'application/pdf') return <FilePdfOutlined aria-hidden />;
  if (type.startsWith('image/')) return <FileImageOutlined aria-hidden />;
  return type.startsWith('text/') ? <FileTextOutlined aria-hidden /> : <FileWordOutlined aria-hidden />;
}

/** Résumés and attachments. They show contact data, so that reading one needs the right to see it, and a purpose. */
export function PersonFiles({ candidateId }: { candidateId: string }) {
  const { t } = useTranslation();
  const can = useCan();
  const { fields } = useSession();
  const format = useFormat();
  const withPurpose = useWithPurpose();
  const [open, setOpen] = useState<CandidateFileView | null>(null);
  const files = useGet<Items<CandidateFileView>>(filesPath(candidateId));
  const remove = useSend((file: CandidateFileView) => api.delete(`${filesPath(candidateId)}/${file.id}`), {
    refresh: [filesPath(candidateId), `/candidates/${candidateId}/file`], done: t('files.removed'),
  });
  const reads = can('candidate.reveal') && fields.contact === 'reveal';
  const facts = (file: CandidateFileView) => {
    const { unit, size } = sizeOf(file.bytes);
    return [
      t(`candidate_file_kind.${file.kind}`),
      t(`files.size_${unit}`, { size: format.one(size) }),
      ...(file.pages > 0 ? [t('files.pages', { pages: file.pages })] : []),
    ].join(' · ');
  };
  const items = files.data?.items ?? [];
  return (
    <section className="panel" aria-labelledby="file-files">
      <div className="panel-head"><h2 id="file-files">{t('files.title')}</h2></div>
      {files.isPending ? <Loading rows={2} /> : files.isError ? <ErrorState problem={files.error} onRetry={() => void files.refetch()} />
        : items.length === 0 ? <p className="quiet file-none">{t('files.none')}</p> : (
          <ul className="task-list">
            {items.map((file) => (
              <li key={file.id} className="file-line">
                <span className="file-icon"><FileIcon type={file.media_type} /></span>
                <span className="file-about">
                  {reads
                    ? <Button type="link" className="file-open" onClick={() => withPurpose(() => setOpen(file))}>{file.name}</Button>
                    : <span className="cell-main file-name">{file.name}</span>}
                  <span className="cell-sub">{facts(file)}</span>
                  <span className="cell-sub">{file.created_by_name} · {format.dateTime(file.created_at)}</span>
                </span>
                <span className="file-acts">
                  {reads && <DownloadButton personal type="text" path={`${filesPath(candidateId)}/${file.id}/content`} aria-label={t('files.download_name', { name: file.name })} title={t('files.download')} />}
                  {can('candidate.write') && (
                    <Popconfirm title={t('files.remove_sure', { name: file.name })} description={t('files.remove_text')} okText={t('common.delete')} okButtonProps={{ danger: true }}
                      cancelText={t('common.cancel')} onConfirm={() => remove.mutateAsync(file).catch(() => {})}>
                      <Button type="text" icon={<DeleteOutlined />} aria-label={t('files.remove_name', { name: file.name })} title={t('common.delete')} />
                    </Popconfirm>
                  )}
                </span>
              </li>
            ))}
          </ul>
        )}
      {!reads && items.length > 0 && <p className="quiet file-closed">{t('files.closed')}</p>}
      {can('candidate.write') && <div className="file-adding"><FileUpload candidateId={candidateId} /></div>}
      {open && <FileViewer file={open} onClose={() => setOpen(null)} />}
    </section>
  );
}
