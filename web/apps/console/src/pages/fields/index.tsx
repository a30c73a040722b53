import { FormOutlined, PlusOutlined } from '@ant-design/icons';
import type { CustomFieldView, FieldEntity, FormSection, FormView, Items, OrgNodeView } from '@bole/api';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useCan, useSession } from '../../app/session';
import { useCustomForm } from '../../components/CustomFields';
import { useNames } from '../../components/Names';
import { Page } from '../../components/Page';
import { OrgPicker } from '../../components/Pickers';
import { EmptyState, ErrorState, Loading } from '../../components/States';
import { FieldEditor } from './FieldEditor';
import { FieldRows, RetiredRows } from './FieldRows';
import { FormPreview } from './FormPreview';
import './fields.css';

/** Fields that HR adds to candidates, jobs and employees, and the form they make. */
export default function FieldsPage() {
  const { t } = useTranslation();
  const names = useNames();
  const can = useCan();
  const { user } = useSession();
  const [params, setParams] = useSearchParams();
  const entities = useGet<Items<FieldEntity>>('/field-entities', undefined, { staleTime: 600_000 });
  const offered = [...(entities.data?.items ?? [])].sort((a, b) => a.key.localeCompare(b.key)); // candidates first
  const entity = params.get('entity') ?? offered[0]?.key ?? 'candidate';
  const nodes = useGet<Items<OrgNodeView>>('/org/nodes', undefined, { staleTime: 60_000 });
  // The topmost unit that one sees: headquarters defines for the group, a branch for itself.
  const top = nodes.isSuccess ? nodes.data.items.reduce<OrgNodeView | undefined>((best, node) => (best && best.depth <= node.depth ? best : node), undefined) : undefined;
  const orgId = params.get('org_id') ?? (nodes.isPending ? undefined : top?.id ?? user.org_id);
  const form = useCustomForm(entity, orgId);
  const [open, setOpen] = useState<CustomFieldView | 'new' | null>(null);
  const go = (name: string, value: string | undefined) => setParams((old) => {
    const next = new URLSearchParams(old);
    if (value) next.set(name, value);
    else next.delete(name);
    return next;
  }, { replace: true });
  const arrange = useSend(
    (sections: FormSection[]) => api.put<FormView>(`/forms/${entity}`, { org_id: orgId!, version: form.data!.version, sections }),
    { refresh: [`/forms/${entity}`] },
  );

  const mayEdit = can('field.manage') && form.data?.may_edit;
  const add = mayEdit && <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('new')}>{t('custom.add')}</Button>;
  const retired = (form.data?.fields ?? []).filter((field) => field.state === 'retired');
  return (
    <Page title={t('custom.title')} hint={t('custom.hint')} actions={add}>
      <div className="filters">
        <Segmented value={entity} onChange={(value) => go('entity', value)}
          options={offered.map(({ key }) => ({ value: key, label: t(`field_entity.${key}`) }))} />
        <OrgPicker className="filter-tree" value={orgId} onChange={(value) => go('org_id', value)} />
      </div>
      {form.isPending && <div className="panel"><Loading rows={6} /></div>}
      {form.isError && <div className="panel"><ErrorState problem={form.error} onRetry={() => void form.refetch()} /></div>}
      {form.data && form.data.fields.length === 0 && (
        <div className="panel"><EmptyState icon={<FormOutlined />} title={t('custom.empty')} text={t('custom.empty_text')} action={add} /></div>
      )}
      {form.data && form.data.fields.length > 0 && (
        <div className="fields-grid">
          <div className="stack">
            {!mayEdit && <p className="quiet">{t('custom.read_only')}</p>}
            <FieldRows form={form.data} busy={arrange.isPending} onArrange={(sections) => arrange.mutate(sections)} onOpen={setOpen} />
            {retired.length > 0 && <RetiredRows entity={entity} fields={retired} />}
          </div>
          <FormPreview form={form.data} />
        </div>
      )}
      {open && orgId && form.data && (
        <FieldEditor entity={entity} orgId={orgId} orgName={names.unit(form.data)} field={open === 'new' ? undefined : open}
          sensitive={Boolean(offered.find((item) => item.key === entity)?.sensitive)} onClose={() => setOpen(null)} />
      )}
    </Page>
  );
}
