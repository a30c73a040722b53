import type { CandidateFileText, CandidateFileView } from '@bole/api';
import { Modal, Segmented } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { filesPath } from '../../api/candidate-files';
import { api } from '../../api/client';
import { useGet } from '../../api/hooks';
import { DownloadButton } from '../../components/DownloadButton';
import { EmptyState, ErrorState, Loading } from '../../components/States';
import { viewOf } from '../../lib/candidate-files';

/** One file in a dialog. Its bytes come with the purpose and are never an address of ours: nothing in them can run as a page of the console. */
export function FileViewer({ file, onClose }: { file: CandidateFileView; onClose: () => void }) {
  const { t } = useTranslation();
  const kind = viewOf(file.media_type);
  // Browsers of phones show no PDF inside a page.
  const view = kind === 'pages' && !navigator.pdfViewerEnabled ? 'text' : kind;
  const [asText, setAsText] = useState(view === 'text');
  const path = `${filesPath(file.candidate_id)}/${file.id}`;
  return (
    <Modal open title={<span className="file-name">{file.name}</span>} onCancel={onClose} width={960} centered destroyOnHidden className="file-viewer"
      footer={<DownloadButton personal path={`${path}/content`}>{t('files.download')}</DownloadButton>}>
      {view === 'pages' && file.has_text && (
        <Segmented aria-label={t('files.view')} value={asText} onChange={setAsText}
          options={[{ value: false, label: t('files.view_pages') }, { value: true, label: t('files.view_text') }]} />
      )}
      {asText ? <Text path={`${path}/text`} /> : <Original path={`${path}/content`} file={file} picture={view === 'picture'} />}
    </Modal>
  );
}

function Text({ path }: { path: string }) {
  const { t } = useTranslation();
  const text = useGet<CandidateFileText>(path, undefined, { gcTime: 0 });
  if (text.isPending) return <Loading />;
  if (text.isError) return <ErrorState problem={text.error} onRetry={() => void text.refetch()} />;
  const { pages } = text.data;
  if (pages.length === 0) return <EmptyState title={t('files.no_text')} />;
  return (
    <div className="file-text" tabIndex={0}>
      {pages.map((page, index) => (
        <section key={index} aria-label={t('files.page', { page: index + 1 })}>
          {pages.length > 1 && <p className="quiet file-page">{t('files.page', { page: index + 1 })}</p>}
          <p className="pre">{page}</p>
        </section>
      ))}
    </div>
  );
}

function Original({ path, file, picture }: { path: string; file: CandidateFileView; picture: boolean }) {
  const { t } = useTranslation();
  const [address, setAddress] = useState('');
  const [problem, setProblem] = useState<unknown>(null);
  const [again, setAgain] = useState(0);
  useEffect(() => {
    let gone = false;
    let made = '';
    setProblem(null);
    api.file(path).then(({ blob }) => {
      if (gone) return;
      // The type the server found, not one the bytes could claim.
      made = URL.createObjectURL(new Blob([blob], { type: file.media_type }));
      setAddress(made);
    }, (error: unknown) => { if (!gone) setProblem(error); });
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
      setAddress('');
    };
  }, [path, file.media_type, again]);
  if (problem) return <ErrorState problem={problem} onRetry={() => setAgain(again + 1)} />;
  if (!address) return <Loading />;
  return picture ? <img className="file-picture" src={address} alt={file.name} /> : <iframe className="file-pages" src={address} title={t('files.pages_of', { name: file.name })} />;
}
