using System.Runtime.InteropServices;
using Bot.Cards;
using Bot.CheckIns;

namespace Bot.Trends;

/// <summary>The themes inside one kind of struggle, as they grow week by week.</summary>
internal sealed class ThemesOfKind(Struggles kind, ThemeWords words)
{
    /// <summary>A text that fitted nowhere may still found a theme with one of the next weeks.</summary>
    private const int WeeksWaiting = 4;

    /// <summary>A pair says more than a word.</summary>
    private const double PairWeight = 1.1;

    /// <summary>A word in more of the texts than this is what the loop is about, not what got in the way.</summary>
    private const double MostOfTexts = 0.12;

    /// <summary>Part of a text's weight that a single shared word must have, so that a passing mention does not count.</summary>
    private const double LeastPart = 0.08;

    /// <summary>What most of a theme's texts say and few others do belongs to its keys.</summary>
    private const double OfTheme = 0.25;
    private const double OfTerm = 0.5;

    /// <summary>A word that so many of all texts with it have in one theme is another word for that theme.</summary>
    private const double OfHome = 0.4;

    private readonly List<Growing> _themes = [];
    private readonly Dictionary<int, List<Growing>> _byKey = [];
    private readonly List<(int Week, ThemeText Text)> _waiting = [];
    private readonly HashSet<Growing> _near = [];

    public void Add(int week, IReadOnlyList<ThemeText> texts)
    {
        _waiting.RemoveAll(w => week - w.Week > WeeksWaiting);
        foreach (var text in texts)
        {
            if (Fits(text) is { } theme)
            {
                theme.Add(week, text);
            }
            else
            {
                _waiting.Add((week, text));
            }
        }

        Found(week);
    }

    public IEnumerable<Theme> Results(IReadOnlyList<WeekOfTexts> weeks) => _themes.Select(t => new Theme(
        t.Label, kind, [.. t.Texts.GroupBy(x => x.Week).OrderBy(g => g.Key).Select(g => new ThemeWeek(weeks[g.Key].ReviewDate, g.Count()))], Quote(t)));

    /// <summary>The theme whose keys weigh most in a text; of equals the older.</summary>
    private Growing? Fits(ThemeText text)
    {
        Growing? best = null;
        var most = 0.0;
        _near.Clear();
        foreach (var term in text.Terms)
        {
            if (_byKey.TryGetValue(term, out var themes))
            {
                _near.UnionWith(themes);
            }
        }

        foreach (var theme in _near)
        {
            var shared = text.Terms.Where(theme.Keys.Contains).ToList();
            var weight = shared.Sum(Weight);
            if ((weight > most || (weight == most && theme.Number < best!.Number)) && (shared.Count > 1 || Tells(shared[0], text)))
            {
                (best, most) = (theme, weight);
            }
        }

        return best;
    }

    /// <summary>Makes themes of what waits, the strongest term first, as long as one of its texts is of this week.</summary>
    private void Found(int week)
    {
        var texts = _waiting.ToArray();
        var weights = Array.ConvertAll(texts, t => Whole(t.Text));
        var free = Enumerable.Repeat(true, texts.Length).ToArray();
        var fewest = 2 + (texts.Length / 100);
        var places = Places(texts, fewest);
        var strongest = new PriorityQueue<int, (double Weakness, int Term)>();
        foreach (var term in places.Keys)
        {
            Enqueue(term);
        }

        while (strongest.TryDequeue(out var term, out var was))
        {
            var found = Telling(term);
            if (Strength(term, found.Count) < -was.Weakness)
            {
                Enqueue(term);
            }
            else if (found.Exists(i => texts[i].Week == week))
            {
                Make(term, found);
            }
        }

        _waiting.Clear();
        _waiting.AddRange(texts.Where((_, i) => free[i]));

        // Its texts become fewer while others take them; then it waits for its new turn.
        void Enqueue(int term)
        {
            var count = Telling(term).Count;
            if (count >= fewest)
            {
                strongest.Enqueue(term, (-Strength(term, count), term));
            }
        }

        List<int> Telling(int term) => !places.TryGetValue(term, out var all) ? []
            : words.IsPair(term) ? all.FindAll(i => free[i])
            : all.FindAll(i => free[i] && words.Rarity(term) >= LeastPart * weights[i]);

        void Make(int term, List<int> found)
        {
            var keys = found.SelectMany(i => texts[i].Text.Terms).CountBy(t => t)
                .Where(t => t.Key != term && t.Value >= Math.Max(3, OfTheme * found.Count) && t.Value >= OfTerm * words.TextsWith(t.Key))
                .Select(t => t.Key).Append(term).ToList();
            var theme = Home(term, found.Count);
            if (theme is null)
            {
                theme = new Growing(_themes.Count, term, ThemeLabel.Of(term, found.ConvertAll(i => texts[i].Text), words));
                _themes.Add(theme);
            }

            // What an older theme had in earlier weeks stays as it was; only a new one reaches back.
            var reachesBack = theme.Texts.Count == 0;
            foreach (var i in found.Concat(keys.SelectMany(Telling)).Distinct().Order().Where(i => reachesBack || texts[i].Week == week).ToList())
            {
                free[i] = false;
                theme.Add(texts[i].Week, texts[i].Text);
            }

            foreach (var key in keys.Where(theme.Keys.Add))
            {
                (_byKey.TryGetValue(key, out var list) ? list : _byKey[key] = []).Add(theme);
            }
        }
    }

    /// <summary>In which texts each term is, for the terms that are in enough of them and not everywhere.</summary>
    private Dictionary<int, List<int>> Places((int Week, ThemeText Text)[] texts, int fewest)
    {
        var counts = new int[words.Terms];
        foreach (var term in texts.SelectMany(t => t.Text.Terms))
        {
            counts[term]++;
        }

        var places = new Dictionary<int, List<int>>();
        for (var i = 0; i < texts.Length; i++)
        {
            foreach (var term in texts[i].Text.Terms)
            {
                if (counts[term] >= fewest && !IsEverywhere(term))
                {
                    (places.TryGetValue(term, out var list) ? list : places[term] = []).Add(i);
                }
            }
        }

        return places;
    }

    /// <summary>The theme that a term belongs to already.</summary>
    private Growing? Home(int term, int free) => _themes.Where(t => t.With(term) >= Math.Max(OfTheme * t.Texts.Count, OfHome * (t.With(term) + free))).MaxBy(t => t.With(term));

    private double Weight(int term) => words.Rarity(term) * (words.IsPair(term) ? PairWeight : 1);

    private double Strength(int term, int texts) => texts * words.Rarity(term) * Weight(term);

    /// <summary>In a small loop a few texts are a large part of all, so a few are always allowed.</summary>
    private bool IsEverywhere(int term) => words.TextsWith(term) > 4 + (MostOfTexts * words.Texts);

    /// <summary>What all the words of a text weigh; pairs are made of them and do not count again.</summary>
    private double Whole(ThemeText text)
    {
        var whole = 0.0;
        foreach (var term in text.Terms)
        {
            whole += words.IsPair(term) ? 0 : words.Rarity(term);
        }

        return whole;
    }

    private bool Tells(int term, ThemeText text) => words.IsPair(term) || words.Rarity(term) >= LeastPart * Whole(text);

    /// <summary>The text of its last week that shares most with the theme's others for its length; of equals the shorter.</summary>
    private string Quote(Growing theme)
    {
        var last = theme.Texts.Max(t => t.Week);
        return Say.Quoted(theme.Texts.Where(t => t.Week == last).Select(t => t.Text)
            .OrderByDescending(t => t.Terms.Contains(theme.Term)).ThenByDescending(t => t.Terms.Sum(s => theme.With(s) * words.Rarity(s)) / Math.Sqrt(4 + t.Words.Count))
            .ThenBy(t => t.Text.Length).ThenBy(t => t.Text, StringComparer.Ordinal).First().Text, Theme.MaxQuote);
    }

    private sealed class Growing(int number, int founded, string label)
    {
        private readonly Dictionary<int, int> _with = [];

        public int Number => number;

        /// <summary>What it was founded on.</summary>
        public int Term => founded;

        public string Label => label;

        public HashSet<int> Keys { get; } = [];

        public List<(int Week, ThemeText Text)> Texts { get; } = [];

        /// <summary>How many of its texts have a term.</summary>
        public int With(int term) => _with.GetValueOrDefault(term);

        public void Add(int week, ThemeText text)
        {
            Texts.Add((week, text));
            foreach (var term in text.Terms)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_with, term, out _)++;
            }
        }
    }
}
