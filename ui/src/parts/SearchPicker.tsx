import { Combobox, TextInput, useCombobox } from "@mantine/core";
import { useEffect, useId, useMemo, useRef, useState, type ReactNode } from "react";
import { useWords } from "../words";
import { found, type Choice } from "./searching";
import "./picker.css";

export type { Choice } from "./searching";

export interface SearchPickerProps {
  label: string;
  choices: readonly Choice[];
  value: string | null;
  onChange: (value: string | null) => void;
  autoFocus?: boolean;
  error?: string;
  /** Said where nothing was chosen yet. */
  placeholder?: string;
  /** A way to say that there is none; as the last word under the field. */
  help?: ReactNode;
  /** A field that may stay empty: emptying its text takes the choice away. */
  clearable?: boolean;
}

/** One of many, found by typing. `Enter` takes the first one found, `Échap` gives up. */
export function SearchPicker(props: SearchPickerProps) {
  const say = useWords("frame");
  const { choices, value, onChange } = props;
  const chosen = choices.find((one) => one.value === value);
  const [typed, setTyped] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  // Its own id: the library's changes after the field has noted it.
  const list = useId();
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const shown = useMemo(() => found(choices, typed ?? ""), [choices, typed]);
  const { selectFirstOption } = box;
  useEffect(() => void (typed && selectFirstOption()), [typed, selectFirstOption]);
  useEffect(() => {
    if (props.autoFocus) field.current?.focus({ preventScroll: true });
  }, [props.autoFocus]);

  const close = () => {
    box.closeDropdown();
    setTyped(null);
  };
  const take = (picked: string) => {
    onChange(picked);
    close();
  };
  const type = (text: string) => {
    setTyped(text);
    if (text === "" && props.clearable) onChange(null);
    box.openDropdown();
  };
  return (
    <Combobox
      store={box}
      onOptionSubmit={take}
      withinPortal={false}
      floatingStrategy="fixed"
      transitionProps={{ duration: 0 }}
    >
      <Combobox.Target withExpandedAttribute>
        <TextInput
          ref={field}
          label={props.label}
          error={props.error}
          description={props.help}
          inputWrapperOrder={["label", "error", "input", "description"]}
          placeholder={props.placeholder}
          role="combobox"
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          value={typed ?? (chosen ? titleOf(chosen) : "")}
          onChange={(event) => type(event.currentTarget.value)}
          onFocus={(event) => {
            event.currentTarget.select();
            box.openDropdown();
          }}
          onClick={() => box.openDropdown()}
          onBlur={close}
        />
      </Combobox.Target>
      <Combobox.Dropdown className="picker-drop">
        <Combobox.Options id={list} aria-label={props.label} className="picker-list">
          {shown.length === 0 && (
            <Combobox.Empty className="quiet">{say("nothingFound")}</Combobox.Empty>
          )}
          {shown.map((one) => (
            <Combobox.Option
              key={one.value}
              value={one.value}
              active={one.value === value}
              aria-selected={one.value === value}
              className="picker-row"
            >
              {one.code !== undefined && <span className="quiet picker-code">{one.code}</span>}
              <bdi className="cut grow" title={one.name}>
                {one.name}
              </bdi>
              {one.end}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function titleOf(choice: Choice): string {
  return choice.code === undefined ? choice.name : `${choice.code} ${choice.name}`;
}
