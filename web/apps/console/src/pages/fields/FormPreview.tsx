import type { FormKind, FormView } from '@bole/api';
import { Form, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormParts } from '../../components/CustomFields';
import { partsOf, toControls } from '../../lib/custom-fields';

/** What people will see; nothing typed here is kept. */
export function FormPreview({ form }: { form: FormView }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<FormKind>('create');
  const parts = partsOf(form, kind);
  const fields = parts.flatMap((part) => part.fields);
  return (
    <section className="panel fields-preview" aria-labelledby="form-preview">
      <div className="panel-head">
        <h2 id="form-preview">{t('custom.preview')}</h2>
        <Segmented<FormKind> size="small" value={kind} onChange={setKind}
          options={[{ value: 'create', label: t('custom.form_create') }, { value: 'detail', label: t('custom.form_detail') }]} />
      </div>
      <div className="panel-body">
        {parts.length === 0 ? <p className="quiet">{t('custom.preview_empty')}</p> : (
          <Form key={`${kind} ${form.version} ${fields.map((field) => `${field.id}${field.version}`).join()}`} layout="vertical" requiredMark={false}
            initialValues={{ custom: toControls(fields, undefined) }}>
            <FormParts parts={parts} />
          </Form>
        )}
      </div>
    </section>
  );
}
