import { SafetyOutlined } from '@ant-design/icons';
import type { ErasureCertificate } from '@bole/api';
import { Descriptions, Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useGet } from '../../api/hooks';
import { DataTable } from '../../components/DataTable';
import { DownloadButton } from '../../components/DownloadButton';
import { EmptyState, ErrorState, Loading } from '../../components/States';
import { useFormat } from '../../lib/format';
import { Mark } from './marks';

interface Document {
  organisation: string;
  why: string;
  basis: string;
  proposed_by: string;
  approved_by: string;
  subject: string;
  previous: string;
  erased: Record<string, number>;
  policies?: Record<string, number>;
}

const read = (row: ErasureCertificate) => row.document as unknown as Document;

function Counts({ row }: { row: ErasureCertificate }) {
  const { t, i18n } = useTranslation();
  const name = (key: string) => (i18n.exists(`erased_kind.${key}`) ? t(`erased_kind.${key}`) : key);
  return <span className="privacy-counts">{Object.entries(read(row).erased).map(([key, count]) => <span key={key}>{name(key)} <b className="num">{count}</b></span>)}</span>;
}

function Valid({ row }: { row: ErasureCertificate }) {
  const { t } = useTranslation();
  const good = row.intact && row.chained;
  return <Mark state={good ? 'done' : 'failed'} text={good ? t('privacy.intact') : t('privacy.broken')} />;
}

export function Certificates() {
  const { t } = useTranslation();
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  const open = params.get('open');
  const detail = useGet<ErasureCertificate>(open ? `/privacy/certificates/${open}` : null);
  return (
    <>
      <DataTable<ErasureCertificate>
        path="/privacy/certificates" label={t('privacy.tab_certificates')} onOpen={(row) => setParams({ open: row.id })} selectedId={open ?? undefined}
        empty={<EmptyState icon={<SafetyOutlined />} title={t('privacy.no_certificates')} text={t('privacy.no_certificates_text')} />}
        card={(row) => (
          <>
            <div className="card-line"><span className="cell-main">{t('privacy.certificate_number', { number: row.number })}</span><Valid row={row} /></div>
            <span className="cell-sub">{t(`erased_why.${read(row).why}`)} · {format.dateTime(row.at)}</span>
          </>
        )}
        columns={[
          { title: t('privacy.certificate'), width: 130, render: (_, row) => <span className="cell-main">{t('privacy.certificate_number', { number: row.number })}</span> },
          { title: t('privacy.why'), width: 170, render: (_, row) => t(`erased_why.${read(row).why}`) },
          { title: t('privacy.what'), render: (_, row) => <Counts row={row} /> },
          { title: t('privacy.proof'), width: 130, render: (_, row) => <Valid row={row} /> },
          { title: t('privacy.at'), width: 160, className: 'num nowrap', render: (_, row) => format.dateTime(row.at) },
        ]}
      />
      <Drawer open={open !== null} onClose={() => setParams({})} size={Math.min(600, window.innerWidth)} title={t('privacy.certificate')}
        extra={open && <DownloadButton path={`/privacy/certificates/${open}/certificate.pdf`}>{t('privacy.pdf')}</DownloadButton>}>
        {open && detail.isPending && <Loading />}
        {detail.isError && <ErrorState problem={detail.error} onRetry={() => void detail.refetch()} />}
        {detail.data && (
          <Descriptions column={1} size="small" items={[
            { key: 'n', label: t('privacy.number'), children: detail.data.number },
            { key: 'v', label: t('privacy.proof'), children: <Valid row={detail.data} /> },
            { key: 't', label: t('privacy.at'), children: format.dateTime(detail.data.at) },
            { key: 'o', label: t('field.org'), children: read(detail.data).organisation },
            { key: 'w', label: t('privacy.why'), children: t(`erased_why.${read(detail.data).why}`) },
            { key: 'c', label: t('privacy.what'), children: <Counts row={detail.data} /> },
            ...Object.entries(read(detail.data).policies ?? {}).map(([kind, days]) => ({ key: kind, label: t(`policy_kind.${kind}`), children: t('privacy.kept_days', { days }) })),
            ...(read(detail.data).subject ? [{ key: 's', label: t('privacy.subject_hash'), children: <span className="privacy-hash">{read(detail.data).subject}</span> }] : []),
            { key: 'p', label: t('privacy.proposed'), children: read(detail.data).proposed_by || '–' },
            { key: 'd', label: t('privacy.decided'), children: read(detail.data).approved_by || '–' },
            { key: 'h', label: t('privacy.hash'), children: <span className="privacy-hash">{detail.data.hash}</span> },
            { key: 'b', label: t('privacy.previous'), children: <span className="privacy-hash">{read(detail.data).previous || '–'}</span> },
          ]} />
        )}
      </Drawer>
    </>
  );
}
