/**
 * The only importer of @vscode/webview-ui-toolkit, which is archived upstream (docs/decisions/0001-webview-toolkit.md):
 * to leave it, change this file.
 */
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeTextArea,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';

provideVSCodeDesignSystem().register(
  vsCodeButton(),
  vsCodeDropdown(),
  vsCodeOption(),
  vsCodeProgressRing(),
  vsCodeTextArea(),
  vsCodeTextField(),
);

export type { Button, Dropdown, TextArea, TextField } from '@vscode/webview-ui-toolkit';
