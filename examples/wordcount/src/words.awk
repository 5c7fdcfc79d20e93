# Text in, "word count" out, in no order.
# least: letters a word must have.  skip: words to leave out, between white space.

BEGIN {
  n = split(skip, words)
  for (i = 1; i <= n; i++) left_out[words[i]] = 1
  # All that separates words. Apostrophe, hyphen and every byte of another alphabet belong to a word.
  separator = "[][ \t\r\f\v!\"#$%&()*+,./:;<=>?@\\\\^_`{|}~0-9]+"
}

# Letters of a word: bytes that only continue a UTF-8 character do not count.
function letters(word) {
  gsub(/[\200-\277]/, "", word)
  return length(word)
}

{
  n = split(tolower($0), words, separator)
  for (i = 1; i <= n; i++) {
    word = words[i]
    gsub(/^['-]+|['-]+$/, "", word)
    if (word != "" && letters(word) >= least && !(word in left_out)) counted[word]++
  }
}

END { for (word in counted) print word, counted[word] }
