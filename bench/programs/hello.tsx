/** The least that Ink can do: a line, which counts keys; with `stay`, until it is killed. */
import {Box, render, Text, useInput, useWindowSize} from 'ink';
import {useState} from 'react';

function Hello() {
  const {columns, rows} = useWindowSize();
  const [keys, setKeys] = useState(0);
  useInput(() => setKeys(before => before + 1));
  return (
    <Box width={columns} height={rows} overflow="hidden">
      <Text>hello {keys}</Text>
    </Box>
  );
}

render(<Hello />, {interactive: true, alternateScreen: true, incrementalRendering: true, maxFps: 60});
