import type { FormSection } from '@bole/api';
import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';

type Titles = Pick<FormSection, 'title_zh' | 'title_en'>;

export function SectionDialog({ section, onDone, onClose }: { section?: FormSection; onDone: (titles: Titles) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Titles>();
  return (
    <Modal open title={section ? t('custom.rename_section') : t('custom.new_section')} okText={t('common.save')} cancelText={t('common.cancel')} onCancel={onClose} onOk={() => form.submit()}>
      <Form<Titles> form={form} layout="vertical" requiredMark={false} initialValues={section}
        onFinish={(values) => onDone({ title_zh: values.title_zh.trim(), title_en: values.title_en?.trim() ?? '' })}>
        <Form.Item name="title_zh" label={t('custom.title_zh')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input maxLength={60} lang="zh-CN" autoFocus /></Form.Item>
        <Form.Item name="title_en" label={t('custom.title_en')}><Input maxLength={60} lang="en" /></Form.Item>
      </Form>
    </Modal>
  );
}
