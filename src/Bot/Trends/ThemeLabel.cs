namespace Bot.Trends;

/// <summary>Names a theme in the words of its texts: what they share, and what most of them write beside it; one to three words, small ones between them not counted.</summary>
internal static class ThemeLabel
{
    private const int MaxWords = 3;

    /// <summary>A word beside it that so many of the places have belongs to the name.</summary>
    private const double Mostly = 0.5;

    public static string Of(int term, IReadOnlyList<ThemeText> texts, ThemeWords words)
    {
        var places = texts.SelectMany(t => Places(term, t, words)).ToList();
        var (form, _) = Commonest(places.Select(p => p.Small));
        places = places.FindAll(p => p.Small == form);
        while (Longer(places) is { } longer)
        {
            places = longer;
        }

        // In the letters most people used; small ones where as many did.
        return places.CountBy(p => p.Written).OrderByDescending(p => p.Value).ThenBy(p => p.Key.Count(char.IsUpper)).ThenBy(p => p.Key, StringComparer.Ordinal).First().Key;
    }

    private static List<Place>? Longer(List<Place> places)
    {
        if (places[0].Count >= MaxWords)
        {
            return null;
        }

        foreach (var wider in new[] { places.ConvertAll(p => p.WithNext()), places.ConvertAll(p => p.WithLast()) })
        {
            var (form, count) = Commonest(wider.Where(p => p is { EndsWell: true }).Select(p => p!.Small));
            if (count >= 2 && count >= Mostly * places.Count)
            {
                return wider.OfType<Place>().Where(p => p.Small == form).ToList();
            }
        }

        return null;
    }

    private static (string? Form, int Count) Commonest(IEnumerable<string> forms)
    {
        var (form, count) = forms.CountBy(f => f).OrderByDescending(f => f.Value).ThenBy(f => f.Key.Length).ThenBy(f => f.Key, StringComparer.Ordinal).FirstOrDefault();
        return (form, count);
    }

    private static IEnumerable<Place> Places(int term, ThemeText text, ThemeWords words)
    {
        for (var i = 0; i < text.Words.Count; i++)
        {
            if (!words.IsPair(term) && text.Words[i].Stem == term)
            {
                yield return new Place(text, i, i);
            }
            else if (words.IsPair(term) && !text.Words[i].IsStop)
            {
                var next = i + 1;
                while (next < text.Words.Count && text.Words[next].IsStop)
                {
                    next++;
                }

                if (next < text.Words.Count && words.FindPair(text.Words[i].Stem, text.Words[next].Stem) == term)
                {
                    yield return new Place(text, i, next);
                }
            }
        }
    }

    /// <summary>Where a name stands in a text.</summary>
    private sealed record Place(ThemeText Text, int First, int Last)
    {
        public string Written { get; } = Text.Part(First, Last);

        public string Small { get; } = Text.Part(First, Last).ToLowerInvariant();

        public int Count => Last - First + 1;

        /// <summary>With a word that carries something, or one that belongs to the verb: "log in".</summary>
        public bool EndsWell => !Text.Words[First].IsStop && (!Text.Words[Last].IsStop || ThemeWords.IsParticle(Text.Part(Last, Last).ToLowerInvariant()));

        public Place? WithNext() => Last + 1 < Text.Words.Count && !Text.Words[Last + 1].Opens ? new Place(Text, First, Last + 1) : null;

        public Place? WithLast() => First > 0 && !Text.Words[First].Opens ? new Place(Text, First - 1, Last) : null;
    }
}
