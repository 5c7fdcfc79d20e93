# "word count" lines in, highest first; a chart out, at most `columns` wide.

function letters(word) {
  gsub(/[\200-\277]/, "", word)
  return length(word)
}

function repeated(text, times,    result) {
  result = ""
  while (times-- > 0) result = result text
  return result
}

{
  word[NR] = $1
  count[NR] = $2
  if (letters($1) > widest) widest = letters($1)
}

END {
  room = columns - widest - length(count[1] "") - 4
  if (room < 10) room = 10
  for (i = 1; i <= NR; i++) {
    bar = int(count[i] * room / count[1] + 0.5)
    if (bar < 1) bar = 1
    print repeated(" ", widest - letters(word[i])) word[i] "  " repeated("=", bar) "  " count[i]
  }
}
