import { ArrowDownOutlined, ArrowUpOutlined, EditOutlined, FolderOutlined, StopOutlined, UndoOutlined } from '@ant-design/icons';
import type { CustomFieldView, FormKind, FormSection, FormView } from '@bole/api';
import { Button, Checkbox, Dropdown, Popconfirm, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { FieldMarks } from '../../components/CustomFields';
import { useNames } from '../../components/Names';
import { usePair } from '../../lib/pair';
import { canMove, intoSection, movedField, placeOf, sectionKey, withForms } from './layout';
import { SectionDialog } from './SectionDialog';

interface Props {
  form: FormView;
  busy: boolean;
  onArrange: (sections: FormSection[]) => void;
  onOpen: (field: CustomFieldView) => void;
}

/** The sections of the form. Fields of this unit can be moved; those of the units above stand where they are. */
export function FieldRows({ form, busy, onArrange, onOpen }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const pair = usePair();
  const [naming, setNaming] = useState<{ section?: FormSection; fieldId?: string } | null>(null);
  const byId = new Map(form.fields.map((field) => [field.id, field]));
  const { own } = form;
  const named = (title: { title_zh: string; title_en: string }) => {
    if (naming?.fieldId) onArrange(intoSection(own, naming.fieldId, { key: sectionKey([...own, ...form.sections]), ...title }));
    else if (naming?.section) onArrange(own.map((section) => (section.key === naming.section!.key ? { ...section, ...title } : section)));
    setNaming(null);
  };
  return (
    <>
      {form.sections.map((section) => {
        const mine = form.may_edit && own.find((item) => item.key === section.key);
        const title = pair(section, 'title') || t('custom.more');
        return (
          <section key={section.key} className="panel" aria-label={title}>
            <div className="panel-head">
              <h2>{title}</h2>
              {mine && <Button size="small" type="text" icon={<EditOutlined />} onClick={() => setNaming({ section: mine })}>{t('custom.rename_section')}</Button>}
            </div>
            <ul className="field-rows">
              {section.fields.map((placed) => {
                const field = byId.get(placed.field_id);
                if (!field) return null;
                const name = pair(field, 'title');
                const movable = form.may_edit && placeOf(own, field.id) !== null;
                const toggle = (kind: FormKind, on: boolean) => {
                  const forms = on ? [...placed.forms, kind] : placed.forms.filter((item) => item !== kind);
                  if (forms.length > 0) onArrange(withForms(own, field.id, forms));
                };
                const box = (kind: FormKind, label: string) => (
                  <Checkbox checked={placed.forms.includes(kind)} disabled={!movable || busy || (placed.forms.length === 1 && placed.forms[0] === kind)}
                    onChange={(event) => toggle(kind, event.target.checked)}>{label}</Checkbox>
                );
                return (
                  <li key={field.id} className="field-row">
                    <div className="field-row-text">
                      <span className="cell-main">{name}</span> <FieldMarks field={field} />
                      <span className="cell-sub">{t(`field_type.${field.type}`)} · <code className="mono">{field.key}</code>{!movable && ` · ${names.unit(field)}`}</span>
                    </div>
                    <div className="field-row-forms">{box('create', t('custom.form_create'))}{box('detail', t('custom.form_detail'))}</div>
                    <div className="field-row-tools">
                      {movable && (
                        <>
                          <Tooltip title={t('custom.up')}><Button size="small" type="text" icon={<ArrowUpOutlined />} aria-label={t('custom.up_named', { name })} disabled={busy || !canMove(own, field.id, -1)}
                            onClick={() => onArrange(movedField(own, field.id, -1))} /></Tooltip>
                          <Tooltip title={t('custom.down')}><Button size="small" type="text" icon={<ArrowDownOutlined />} aria-label={t('custom.down_named', { name })} disabled={busy || !canMove(own, field.id, 1)}
                            onClick={() => onArrange(movedField(own, field.id, 1))} /></Tooltip>
                          <Dropdown trigger={['click']} menu={{
                            items: [
                              ...form.sections.filter((item) => item.key !== section.key).map((item) => ({ key: item.key, label: pair(item, 'title') || t('custom.more') })),
                              { key: ' new', label: t('custom.new_section') },
                            ],
                            onClick: ({ key }) => {
                              const target = form.sections.find((item) => item.key === key);
                              if (target) onArrange(intoSection(own, field.id, target));
                              else setNaming({ fieldId: field.id });
                            },
                          }}>
                            <Button size="small" type="text" icon={<FolderOutlined />} aria-label={t('custom.to_section_named', { name })} title={t('custom.to_section')} disabled={busy} />
                          </Dropdown>
                        </>
                      )}
                      {field.may_edit && <Button size="small" type="text" icon={<EditOutlined />} aria-label={t('custom.edit_named', { name })} title={t('common.edit')} onClick={() => onOpen(field)} />}
                      {field.may_edit && <RetireButton field={field} />}
                    </div>
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
      {naming && <SectionDialog section={naming.section} onDone={named} onClose={() => setNaming(null)} />}
    </>
  );
}

function RetireButton({ field }: { field: CustomFieldView }) {
  const { t } = useTranslation();
  const pair = usePair();
  const retire = useSend(() => api.post<CustomFieldView>(`/fields/${field.id}/retire`, { version: field.version }),
    { refresh: ['/forms', `/forms/${field.entity}`, '/fields'], done: t('common.saved') });
  return (
    <Popconfirm title={t('custom.retire_ask', { name: pair(field, 'title') })} description={t('custom.retire_text')} okText={t('custom.retire')} cancelText={t('common.cancel')}
      onConfirm={() => retire.mutate()}>
      <Button size="small" type="text" icon={<StopOutlined />} aria-label={t('custom.retire_named', { name: pair(field, 'title') })} title={t('custom.retire')} loading={retire.isPending} />
    </Popconfirm>
  );
}

/** Fields out of use: values are kept and shown as such. */
export function RetiredRows({ entity, fields }: { entity: string; fields: CustomFieldView[] }) {
  const { t } = useTranslation();
  const names = useNames();
  const pair = usePair();
  const restore = useSend((field: CustomFieldView) => api.post<CustomFieldView>(`/fields/${field.id}/restore`, { version: field.version }),
    { refresh: [`/forms/${entity}`, '/fields'], done: t('common.saved') });
  return (
    <section className="panel" aria-labelledby="retired-fields">
      <div className="panel-head"><h2 id="retired-fields">{t('custom.retired')}</h2></div>
      <ul className="field-rows">
        {fields.map((field) => (
          <li key={field.id} className="field-row">
            <div className="field-row-text">
              <span className="quiet">{pair(field, 'title')}</span>
              <span className="cell-sub">{t(`field_type.${field.type}`)} · <code className="mono">{field.key}</code> · {names.unit(field)}</span>
            </div>
            {field.may_edit && <Button size="small" icon={<UndoOutlined />} loading={restore.isPending} onClick={() => restore.mutate(field)}>{t('custom.restore')}</Button>}
          </li>
        ))}
      </ul>
    </section>
  );
}
