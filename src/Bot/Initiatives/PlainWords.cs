using System.Text.RegularExpressions;

namespace Bot.Initiatives;

/// <summary>The words of a text in small letters, without what surrounds them; for lists of words that say little.</summary>
internal static partial class PlainWords
{
    /// <summary>Scripts that do not part their words count two letters as one.</summary>
    private const string Unparted = @"\p{IsCJKUnifiedIdeographs}\p{IsHiragana}\p{IsKatakana}\p{IsThai}";

    /// <summary>"R²" is "r2"; "don't" is "dont".</summary>
    public static IReadOnlyList<string> Of(string text) =>
        [.. Word().Matches(text.Replace('²', '2')).Select(m => m.Value.Replace("'", "").Replace("’", "").ToLowerInvariant()).Where(w => w.Length > 0)];

    /// <summary>What is left when phrases, the longest first, and then single words are taken out.</summary>
    /// <param name="found">Whether a phrase was there.</param>
    public static IReadOnlyList<string> Without(IReadOnlyList<string> words, IReadOnlyList<IReadOnlyList<string>> phrases, IReadOnlySet<string> single, out bool found)
    {
        var left = new List<string>();
        found = false;
        for (var i = 0; i < words.Count;)
        {
            var at = i;
            var taken = phrases.Where(p => words.Skip(at).Take(p.Count).SequenceEqual(p)).Select(p => p.Count).DefaultIfEmpty(0).Max();
            found |= taken > 0;
            if (taken == 0 && !single.Contains(words[i]))
            {
                left.Add(words[i]);
            }

            i += Math.Max(1, taken);
        }

        return left;
    }

    public static IReadOnlyList<IReadOnlyList<string>> Phrases(params string[] phrases) => [.. phrases.Select(Of)];

    [GeneratedRegex($@"[{Unparted}]{{1,2}}|[\p{{L}}\p{{M}}\p{{N}}'’-[{Unparted}]]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();
}
