import { Input } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

export const promptVariables = ['candidate_name', 'branch', 'job', 'company'] as const;

/** A prompt with its variables, put in where the cursor stands. */
export function PromptArea({ id, value, onChange, lang, readOnly }: { id?: string; value: string; onChange: (value: string) => void; lang: string; readOnly: boolean }) {
  const { t } = useTranslation();
  const area = useRef<TextAreaRef>(null);
  const insert = (name: string) => {
    const element = area.current?.resizableTextArea?.textArea;
    const from = element?.selectionStart ?? value.length;
    const to = element?.selectionEnd ?? value.length;
    onChange(`${value.slice(0, from)}{${name}}${value.slice(to)}`);
    element?.focus();
  };
  return (
    <>
      <Input.TextArea ref={area} id={id} disabled={readOnly} lang={lang} autoSize={{ minRows: 2, maxRows: 8 }} maxLength={1000} value={value} onChange={(event) => onChange(event.target.value)} />
      {!readOnly && (
        <span className="variables">
          {promptVariables.map((name) => <button type="button" key={name} onClick={() => insert(name)}>{t(`variable.${name}`)}</button>)}
        </span>
      )}
    </>
  );
}
