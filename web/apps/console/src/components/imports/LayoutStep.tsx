import { ArrowRightOutlined } from '@ant-design/icons';
import type { DuplicatePolicy, ImportDetail, ImportMode } from '@bole/api';
import { Alert, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { choose, missing } from './layout';

export interface Layout {
  mapping: Record<string, string>;
  mode: ImportMode;
  duplicates: DuplicatePolicy;
}

const modes: ImportMode[] = ['partial', 'all'];
const policies: DuplicatePolicy[] = ['skip', 'update', 'refuse'];

/** What the columns of the file are, and what happens with bad and known rows. */
export function LayoutStep({ detail, layout, onChange }: { detail: ImportDetail; layout: Layout; onChange: (layout: Layout) => void }) {
  const { t } = useTranslation();
  const gone = missing(detail.columns, layout.mapping);
  const options = detail.columns.map((column) => ({ value: column.key, label: column.required ? `${column.title} *` : column.title }));
  return (
    <>
      {detail.remembered && <p className="quiet">{t('import.remembered')}</p>}
      {gone.length > 0 && <Alert type="warning" showIcon title={t('import.missing', { columns: gone.map((column) => column.title).join(t('common.list_comma')) })} />}
      <ul className="import-map" aria-label={t('import.step_columns')}>
        {detail.file.map((column) => (
          <li key={column.column}>
            <div className="import-from">
              <span className="cell-main"><span className="import-letter">{column.column}</span> {column.title || t('import.no_title')}</span>
              <span className="cell-sub">{column.samples.filter(Boolean).slice(0, 3).join(' · ') || '–'}</span>
            </div>
            <ArrowRightOutlined className="quiet" aria-hidden />
            <Select aria-label={t('import.field_for', { column: column.title || column.column })} allowClear placeholder={t('import.ignored')} options={options}
              showSearch={{ optionFilterProp: 'label' }} value={layout.mapping[column.column] || undefined}
              onChange={(field) => onChange({ ...layout, mapping: choose(layout.mapping, column.column, field ?? '') })} />
          </li>
        ))}
      </ul>
      <fieldset className="import-choice">
        <legend>{t('import.duplicates_legend')}</legend>
        <Radio.Group value={layout.duplicates} onChange={(event) => onChange({ ...layout, duplicates: event.target.value as DuplicatePolicy })} className="stack">
          {policies.map((value) => <Radio key={value} value={value}>{t(`import_duplicates.${value}`)}</Radio>)}
        </Radio.Group>
      </fieldset>
      <fieldset className="import-choice">
        <legend>{t('import.mode_legend')}</legend>
        <Radio.Group value={layout.mode} onChange={(event) => onChange({ ...layout, mode: event.target.value as ImportMode })} className="stack">
          {modes.map((value) => <Radio key={value} value={value}>{t(`import_mode.${value}`)}</Radio>)}
        </Radio.Group>
      </fieldset>
    </>
  );
}
