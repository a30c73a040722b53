import { UploadOutlined } from '@ant-design/icons';
import { Alert, Button, Progress, Segmented } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { filesPath, uploadFile } from '../../api/candidate-files';
import { useSend } from '../../api/hooks';
import { useNames } from '../../components/Names';
import { accept, maxMegabytes, refuse, type CandidateFileKind, type UploadedFile } from '../../lib/candidate-files';
import { useFileDrop } from '../../lib/file-drop';
import { problemText } from '../../lib/problem';

/** Takes one file by button or by dropping it, sends it, and says who else has the very same one. */
export function FileUpload({ candidateId }: { candidateId: string }) {
  const { t } = useTranslation();
  const names = useNames();
  const picker = useRef<HTMLInputElement>(null);
  const [kind, setKind] = useState<CandidateFileKind>('resume');
  const [sent, setSent] = useState(0);
  const [wrong, setWrong] = useState('');
  const [others, setOthers] = useState<UploadedFile['possible_duplicates']>([]);
  const upload = useSend((file: File) => uploadFile(candidateId, file, kind, setSent), {
    refresh: [filesPath(candidateId), `/candidates/${candidateId}/file`],
    done: t('files.added'),
    onDone: ({ possible_duplicates }) => setOthers(possible_duplicates),
    onProblem: (problem) => {
      const { title, detail } = problemText(problem, t);
      setWrong([title, detail].filter(Boolean).join(' · '));
      return true;
    },
  });
  const busy = upload.isPending;
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (!file || busy) return;
    const refusal = refuse(file);
    setOthers([]);
    setWrong(refusal ? t(`files.wrong_${refusal}`, { name: file.name, limit: maxMegabytes }) : '');
    if (refusal) return;
    setSent(0);
    upload.mutate(file);
  };
  const { over, drop } = useFileDrop(busy, take);
  return (
    <div role="group" aria-label={t('files.add')} aria-busy={busy} className={`file-drop${over ? ' over' : ''}`} {...drop}>
      <div className="row">
        <Segmented<CandidateFileKind> aria-label={t('files.kind')} value={kind} onChange={setKind} disabled={busy}
          options={[{ value: 'resume', label: t('candidate_file_kind.resume') }, { value: 'attachment', label: t('candidate_file_kind.attachment') }]} />
        <Button icon={<UploadOutlined />} loading={busy} onClick={() => picker.current?.click()}>{t('files.choose')}</Button>
        {!busy && <span className="quiet">{t('files.drop')}</span>}
      </div>
      {busy ? (
        <div role="status">
          <span className="file-name">{sent < 1 ? t('files.sending', { name: upload.variables.name }) : t('files.reading', { name: upload.variables.name })}</span>
          <Progress percent={Math.round(sent * 100)} status="active" size="small" />
        </div>
      ) : <p className="quiet file-limits">{t('files.limits', { limit: maxMegabytes })}</p>}
      <input ref={picker} type="file" hidden style={{ display: 'none' }} accept={accept} onChange={(event) => {
        take(event.target.files);
        // The same file can be chosen again after a failure.
        event.target.value = '';
      }} />
      {wrong && !busy && <p className="file-wrong" role="alert">{wrong}</p>}
      {others.length > 0 && (
        <Alert type="warning" showIcon closable={{ onClose: () => setOthers([]) }} title={t('files.duplicate')} description={(
          <ul className="file-others">
            {others.map((other) => <li key={other.candidate_id}><Link to={`/candidates/${other.candidate_id}`}>{other.name}</Link> · {names.unit(other)}</li>)}
          </ul>
        )} />
      )}
    </div>
  );
}
