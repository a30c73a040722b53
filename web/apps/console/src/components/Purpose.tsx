import { Form, Input, Modal, Select } from 'antd';
import { createContext, use, useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { currentPurpose, rememberPurpose, usePurpose, type Purpose } from '../lib/purpose';
import { useEnumOptions } from './Filters';

interface PurposeAsker {
  /** Runs `then` as soon as a purpose is known; asks for it the first time. */
  withPurpose: (then: () => void) => void;
  change: () => void;
}

const PurposeContext = createContext<PurposeAsker | null>(null);
const kMaxNote = 200;

function useAsker(): PurposeAsker {
  const asker = use(PurposeContext);
  if (!asker) throw new Error('a purpose is asked for outside of the shell');
  return asker;
}
export const useWithPurpose = () => useAsker().withPurpose;
export const useChangePurpose = () => useAsker().change;

/** The purpose of this session in words, or nothing while none was said. */
export function usePurposeText(): string {
  const { t } = useTranslation();
  const purpose = usePurpose();
  if (!purpose) return '';
  return purpose.code === 'other' ? purpose.note : t(`purpose_code.${purpose.code}`);
}

export function PurposeProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const then = useRef<() => void>(() => {});
  const [form] = Form.useForm<Purpose>();
  const code = Form.useWatch('code', form);
  const options = useEnumOptions('purpose_code');
  const ask = useCallback((next: () => void) => {
    then.current = next;
    setOpen(true);
  }, []);
  const asker = useMemo<PurposeAsker>(() => ({
    withPurpose: (next) => (currentPurpose() ? next() : ask(next)),
    change: () => ask(() => {}),
  }), [ask]);
  const finish = ({ code: chosen, note }: Purpose) => {
    rememberPurpose({ code: chosen, note: note?.trim() ?? '' });
    setOpen(false);
    then.current();
  };
  return (
    <PurposeContext value={asker}>
      {children}
      <Modal open={open} title={t('purpose.title')} okText={t('purpose.continue')} cancelText={t('common.cancel')} destroyOnHidden
        onOk={() => form.submit()} onCancel={() => setOpen(false)}>
        <p className="quiet" style={{ marginBottom: 14 }}>{t('purpose.text')}</p>
        <Form<Purpose> form={form} layout="vertical" requiredMark={false} preserve={false} initialValues={currentPurpose() ?? undefined} onFinish={finish}>
          <Form.Item name="code" label={t('purpose.code')} rules={[{ required: true, message: t('common.required') }]}>
            <Select autoFocus options={options} />
          </Form.Item>
          <Form.Item name="note" label={t('purpose.note')} extra={t('purpose.note_hint')}
            rules={[{ required: code === 'other', whitespace: true, message: t('common.required') }]}>
            <Input maxLength={kMaxNote} onPressEnter={() => form.submit()} />
          </Form.Item>
        </Form>
      </Modal>
    </PurposeContext>
  );
}
