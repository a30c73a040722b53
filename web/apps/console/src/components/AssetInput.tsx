import { DeleteOutlined, UploadOutlined } from '@ant-design/icons';
import type { ApiProblem } from '@bole/api';
import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { assetUrl, uploadAsset } from '../api/assets';
import { useSend } from '../api/hooks';
import { acceptOf, checkFile, inMegabytes, megabytes, type AssetKind, type AssetView } from '../lib/assets';
import { useFileDrop } from '../lib/file-drop';
import { problemText } from '../lib/problem';
import { AssetMedia } from './AssetMedia';

interface Props {
  id?: string;
  label: string;
  /** The unit that owns what is uploaded. */
  orgId: string | undefined;
  accept: readonly AssetKind[];
  value?: string | null;
  /** What `value` is, where it was not uploaded here; unknown: sound or video. */
  kind?: AssetKind;
  onChange?: (asset: AssetView | undefined) => void;
  /** Also after this input is gone: the upload goes on, and ends in `onChange`. */
  onBusy?: (busy: boolean) => void;
  disabled?: boolean;
}

/** Takes one file by button or by dropping it, sends it at once, and shows what is there. */
export function AssetInput({ id, label, orgId, accept, value, kind, onChange, onBusy, disabled = false }: Props) {
  const { t } = useTranslation();
  const picker = useRef<HTMLInputElement>(null);
  const choose = useRef<HTMLButtonElement>(null);
  const [wrong, setWrong] = useState('');
  // Known only of what was uploaded here: the server gives the bytes of an id, not its name.
  const [made, setMade] = useState<AssetView>();
  const send = async ({ file, type }: { file: File; type: string }) => {
    onBusy?.(true);
    try {
      return await uploadAsset(file, type, orgId!);
    } finally {
      onBusy?.(false);
    }
  };
  const upload = useSend(send, {
    onDone: (asset) => {
      setMade(asset);
      onChange?.(asset);
    },
    onProblem: (problem) => {
      setWrong(refusal(problem, upload.variables?.file.name ?? '', t));
      return true;
    },
  });
  const busy = upload.isPending;
  const closed = disabled || busy || !orgId;
  const limits = accept.map((item) => t(`asset_limit.${item}`, { limit: megabytes[item] })).join(t('common.list_comma'));

  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (!file || closed) return;
    const check = checkFile(file, accept);
    if (!('wrong' in check)) {
      setWrong('');
      upload.mutate({ file, type: check.type });
    } else if (check.wrong === 'size') setWrong(t('asset.too_large', { name: file.name, size: inMegabytes(file.size), limit: check.limit }));
    else setWrong(check.wrong === 'type' ? t('asset.wrong_type', { name: file.name, limits }) : t('asset.empty', { name: file.name }));
  };
  const { over, drop } = useFileDrop(closed, take);
  const remove = () => {
    setWrong('');
    setMade(undefined);
    onChange?.(undefined);
    choose.current?.focus();
  };
  const known = made && made.id === value ? made : undefined;
  return (
    <div id={id} role="group" aria-label={label} aria-busy={busy} className={`asset-input${over ? ' over' : ''}`} {...drop}>
      {value && <AssetMedia url={assetUrl(value)} kind={known?.kind ?? kind} label={known?.name || label} />}
      {known && <p className="quiet asset-name">{known.name} · {t('asset.size', { size: inMegabytes(known.bytes) })}</p>}
      {!value && disabled && <span className="quiet">{t('asset.none')}</span>}
      {!disabled && (
        <>
          <div className="row">
            <Button ref={choose} icon={<UploadOutlined />} disabled={!orgId} loading={busy} onClick={() => picker.current?.click()}>{value ? t('asset.replace') : t('asset.choose')}</Button>
            {value && <Button type="text" icon={<DeleteOutlined />} disabled={busy} onClick={remove}>{t('asset.remove')}</Button>}
            <span className="quiet" role="status">{busy ? t('asset.uploading', { name: upload.variables.file.name }) : value ? '' : t('asset.drop')}</span>
          </div>
          <p className="quiet asset-limits">{limits}</p>
          <input ref={picker} type="file" hidden style={{ display: 'none' }} accept={acceptOf(accept)} onChange={(event) => {
            take(event.target.files);
            // The same file can be chosen again after a failure.
            event.target.value = '';
          }} />
        </>
      )}
      {wrong && !busy && <p className="asset-wrong" role="alert">{wrong}</p>}
    </div>
  );
}

/** Why the server did not take the file, and what to do. */
function refusal(problem: ApiProblem, name: string, t: TFunction): string {
  if (problem.status === 413) return t('asset.refused_size', { name });
  if (problem.errors.length > 0) return problem.errors.map((error) => error.message).join(' ');
  const { title, detail } = problemText(problem, t);
  return [title, detail].filter(Boolean).join(' · ');
}
