import { CheckCircleOutlined } from '@ant-design/icons';
import type { ConsentRecord } from '@bole/api';
import { Descriptions, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/DataTable';
import { EnumFilter, FilterBar } from '../../components/Filters';
import { useNames } from '../../components/Names';
import { OrgPicker } from '../../components/Pickers';
import { EmptyState } from '../../components/States';
import { useFilters } from '../../lib/filters';
import { useFormat } from '../../lib/format';
import { usePair } from '../../lib/pair';
import { Mark, PersonLink, PersonName } from './marks';

export function Consents() {
  const { t } = useTranslation();
  const names = useNames();
  const format = useFormat();
  const pair = usePair();
  const { filters, setFilter, clear, active } = useFilters(['consent', 'state', 'org_id']);
  const [open, setOpen] = useState<ConsentRecord | null>(null);
  const outcome = (row: ConsentRecord) => (row.outcome === 'none' ? '' : t(`consent_outcome.${row.outcome}`));
  return (
    <>
      <FilterBar>
        <EnumFilter name="consent_kind" value={filters.consent} onChange={(value) => setFilter('consent', value)} placeholder={t('privacy.consent')} />
        <EnumFilter name="consent_act" value={filters.state} onChange={(value) => setFilter('state', value)} placeholder={t('privacy.act')} />
        <OrgPicker className="filter-tree" value={filters.org_id} onChange={(value) => setFilter('org_id', value)} allowClear />
      </FilterBar>
      <DataTable<ConsentRecord>
        path="/privacy/consents" query={filters} label={t('privacy.tab_consents')} filtered={active} onClearFilters={clear} onOpen={setOpen} selectedId={open?.id}
        empty={<EmptyState icon={<CheckCircleOutlined />} title={t('privacy.no_consents')} text={t('privacy.no_consents_text')} />}
        card={(row) => (
          <>
            <div className="card-line"><PersonName name={row.person_name} /><Mark state={row.act} text={t(`consent_act.${row.act}`)} /></div>
            <span className="cell-sub">{t(`consent_kind.${row.consent}`)} · {format.dateTime(row.at)} {outcome(row)}</span>
          </>
        )}
        columns={[
          { title: t('privacy.person'), render: (_, row) => <><PersonName name={row.person_name} /><span className="cell-sub">{names.unit(row)}</span></> },
          { title: t('privacy.consent'), width: 190, render: (_, row) => t(`consent_kind.${row.consent}`) },
          { title: t('privacy.act'), width: 120, render: (_, row) => <Mark state={row.act} text={t(`consent_act.${row.act}`)} /> },
          { title: t('privacy.outcome'), width: 150, render: (_, row) => outcome(row) || '–' },
          { title: t('privacy.text_version'), width: 110, render: (_, row) => <Version row={row} /> },
          { title: t('privacy.through'), width: 120, render: (_, row) => t(`privacy_channel.${row.channel}`) },
          { title: t('privacy.at'), width: 160, className: 'num nowrap', render: (_, row) => format.dateTime(row.at) },
        ]}
      />
      <Drawer open={open !== null} onClose={() => setOpen(null)} size={Math.min(560, window.innerWidth)} title={open && t(`consent_kind.${open.consent}`)}>
        {open && (
          <Descriptions column={1} size="small" items={[
            { key: 'p', label: t('privacy.person'), children: <PersonLink row={open} /> },
            { key: 'a', label: t('privacy.act'), children: <span className="row"><Mark state={open.act} text={t(`consent_act.${open.act}`)} />{outcome(open)}</span> },
            { key: 't', label: t('privacy.at'), children: format.dateTime(open.at) },
            { key: 'u', label: t('privacy.purpose'), children: pair(open, 'purpose') },
            { key: 'b', label: t('privacy.basis'), children: open.basis },
            { key: 'x', label: t('privacy.text'), children: <span className="pre">{pair(open, 'text')}</span> },
            { key: 'v', label: t('privacy.text_version'), children: <Version row={open} /> },
          ]} />
        )}
      </Drawer>
    </>
  );
}

/** A consent to an older text stays valid. */
function Version({ row }: { row: ConsentRecord }) {
  const { t } = useTranslation();
  return <>{row.text_version}{!row.current && <span className="cell-sub">{t('privacy.text_older')}</span>}</>;
}
