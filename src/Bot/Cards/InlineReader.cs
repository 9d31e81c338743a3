using System.Text;

namespace Bot.Cards;

/// <summary>
/// Reads the inline markup of one run of text, once from left to right. A mark without its partner is looked for only once per range,
/// and marks nest only so deep, so hostile input costs neither time nor stack.
/// </summary>
internal sealed class InlineReader(string text)
{
    private const int LongestLabel = 1000;
    private const int LongestUrl = 2000;
    private const int Deepest = 8;

    public List<Inline> ReadAll() => Read(0, text.Length, depth: 0, linksAllowed: true);

    private List<Inline> Read(int from, int to, int depth, bool linksAllowed)
    {
        var found = new List<Inline>();
        var plain = new StringBuilder();
        var unmatched = new HashSet<string>();

        void EndPlain()
        {
            if (plain.Length > 0)
            {
                found.Add(new Inline.Text(plain.ToString()));
                plain.Clear();
            }
        }

        var at = from;
        while (at < to)
        {
            var c = text[at];
            if (c == '\\' && at + 1 < to && char.IsAscii(text[at + 1]) && (char.IsPunctuation(text[at + 1]) || char.IsSymbol(text[at + 1])))
            {
                plain.Append(text[at + 1]);
                at += 2;
            }
            else if (c == '\n')
            {
                EndPlain();
                found.Add(new Inline.LineBreak());
                at++;
            }
            else if (c is '*' or '_' && depth < Deepest && Opening(at, from, to) is { } mark && !unmatched.Contains(mark))
            {
                if (Closing(mark, at + mark.Length, to) is not { } close)
                {
                    unmatched.Add(mark);
                    continue;
                }

                EndPlain();
                var inner = Read(at + mark.Length, close, depth + 1, linksAllowed);
                found.Add(mark.Length == 2 ? new Inline.Bold(inner) : new Inline.Italic(inner));
                at = close + mark.Length;
            }
            else if (c == '[' && linksAllowed && Link(at, to) is { } link)
            {
                EndPlain();
                found.Add(new Inline.Link(link.Url, Read(at + 1, link.LabelEnd, depth + 1, linksAllowed: false)));
                at = link.End;
            }
            else
            {
                plain.Append(c);
                at++;
            }
        }

        EndPlain();
        return found;
    }

    /// <summary>The mark that could open here: something follows at once, and an underscore is not inside a word.</summary>
    private string? Opening(int at, int from, int to)
    {
        var c = text[at];
        var mark = at + 1 < to && text[at + 1] == c ? new string(c, 2) : c.ToString();
        var after = at + mark.Length;
        return after >= to || char.IsWhiteSpace(text[after]) || (c == '_' && at > from && char.IsLetterOrDigit(text[at - 1])) ? null : mark;
    }

    private int? Closing(string mark, int from, int to)
    {
        var c = mark[0];
        for (var at = from; at < to; at++)
        {
            if (text[at] == '\\')
            {
                at++;
                continue;
            }

            if (text[at] != c)
            {
                continue;
            }

            var run = 1;
            while (at + run < to && text[at + run] == c)
            {
                run++;
            }

            // Of three the last two close the outer mark: ***both***.
            var close = at + run - mark.Length;
            if ((run == mark.Length || run >= 3) && close > from && !char.IsWhiteSpace(text[close - 1])
                && (c == '*' || close + mark.Length >= to || !char.IsLetterOrDigit(text[close + mark.Length])))
            {
                return close;
            }

            at += run - 1;
        }

        return null;
    }

    private (string Url, int LabelEnd, int End)? Link(int at, int to)
    {
        var labelEnd = Find("](", at + 1, Math.Min(to, at + LongestLabel));
        if (labelEnd is not { } label)
        {
            return null;
        }

        var end = Find(")", label + 2, Math.Min(to, label + LongestUrl));
        return end is { } last && Addresses.Absolute(text[(label + 2)..last].Replace("\\", "")) is { } url ? (url, label, last + 1) : null;
    }

    /// <summary>The next place of <paramref name="what"/> that is not escaped.</summary>
    private int? Find(string what, int from, int to)
    {
        var at = from;
        while (at < to && text.AsSpan(at, to - at).IndexOfAny('\\', what[0]) is var skip and >= 0)
        {
            at += skip;
            if (text[at] == '\\')
            {
                at += 2;
            }
            else if (text.AsSpan(at, to - at).StartsWith(what))
            {
                return at;
            }
            else
            {
                at++;
            }
        }

        return null;
    }
}
