namespace Bot.Trends;

/// <summary>
/// The stem of an English word by the Porter2 rules (snowballstem.org, "English"): "scores", "scored" and "scoring" are one.
/// Written here because no maintained stemmer restores that does not bring a search engine with it.
/// </summary>
internal static class EnglishStem
{
    private const string Vowels = "aeiouy";

    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["skis"] = "ski", ["skies"] = "sky", ["dying"] = "die", ["lying"] = "lie", ["tying"] = "tie", ["idly"] = "idl", ["gently"] = "gentl", ["ugly"] = "ugli",
        ["early"] = "earli", ["only"] = "onli", ["singly"] = "singl", ["sky"] = "sky", ["news"] = "news", ["howe"] = "howe", ["atlas"] = "atlas", ["cosmos"] = "cosmos",
        ["bias"] = "bias", ["andes"] = "andes",
    };

    private static readonly HashSet<string> WholeAfterPlurals = ["inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"];
    private static readonly string[] Beginnings = ["gener", "commun", "arsen"];
    private static readonly string[] Doubles = ["bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt"];

    /// <summary>Longest first: the first that fits is the one, whether or not its condition then holds.</summary>
    private static readonly (string Suffix, string Instead)[] Second =
    [
        ("ational", "ate"), ("ization", "ize"), ("fulness", "ful"), ("ousness", "ous"), ("iveness", "ive"), ("tional", "tion"), ("biliti", "ble"), ("lessli", "less"),
        ("entli", "ent"), ("ation", "ate"), ("alism", "al"), ("aliti", "al"), ("ousli", "ous"), ("iviti", "ive"), ("fulli", "ful"), ("enci", "ence"), ("anci", "ance"),
        ("abli", "able"), ("izer", "ize"), ("ator", "ate"), ("alli", "al"), ("bli", "ble"), ("ogi", "og"), ("li", ""),
    ];

    private static readonly (string Suffix, string Instead)[] Third =
        [("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("icate", "ic"), ("iciti", "ic"), ("ative", ""), ("ical", "ic"), ("ness", ""), ("ful", "")];

    private static readonly string[] Fourth =
        ["ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion", "al", "er", "ic"];

    /// <param name="word">In small letters, with straight apostrophes. Anything but a to z and apostrophes is left alone.</param>
    public static string Of(string word)
    {
        if (word.Length <= 2 || !word.All(c => c is >= 'a' and <= 'z' or '\''))
        {
            return word;
        }

        if (Exceptions.TryGetValue(word, out var known))
        {
            return known;
        }

        word = Marked(word.TrimStart('\''));
        var (r1, r2) = Regions(word);
        word = Plural(word);
        if (WholeAfterPlurals.Contains(word))
        {
            return word;
        }

        word = LastY(PastOrGerund(word, r1));
        word = Suffix(word, r1, Second, (w, suffix, cut) => suffix switch
        {
            "ogi" => w.AsSpan(0, cut).EndsWith("l"),
            "li" => cut > 0 && "cdeghkmnrt".Contains(w[cut - 1]),
            _ => true,
        });
        word = Suffix(word, r1, Third, (_, suffix, cut) => suffix != "ative" || cut >= r2);
        word = Ending(Fourthly(word, r2), r1, r2);
        return word.Replace('Y', 'y');
    }

    /// <summary>A y that sounds as a consonant becomes Y.</summary>
    private static string Marked(string word) =>
        string.Create(word.Length, word, (letters, w) =>
        {
            for (var i = 0; i < w.Length; i++)
            {
                letters[i] = w[i] == 'y' && (i == 0 || IsVowel(letters[i - 1])) ? 'Y' : w[i];
            }
        });

    private static bool IsVowel(char letter) => Vowels.Contains(letter);

    private static (int R1, int R2) Regions(string word)
    {
        var beginning = Array.Find(Beginnings, b => word.StartsWith(b, StringComparison.Ordinal));
        var r1 = beginning?.Length ?? After(word, 0);
        return (r1, After(word, r1));
    }

    /// <summary>After the first consonant that follows a vowel.</summary>
    private static int After(string word, int from)
    {
        for (var i = from + 1; i < word.Length; i++)
        {
            if (!IsVowel(word[i]) && IsVowel(word[i - 1]))
            {
                return i + 1;
            }
        }

        return word.Length;
    }

    private static string Plural(string word)
    {
        word = word.EndsWith("'s'", StringComparison.Ordinal) ? word[..^3] : word.EndsWith("'s", StringComparison.Ordinal) ? word[..^2] : word.TrimEnd('\'');
        return word switch
        {
            [.., 's', 's', 'e', 's'] => word[..^2],
            [.., 'i', 'e', 'd' or 's'] => word.Length > 4 ? word[..^2] : word[..^1],
            [.., 'u' or 's', 's'] => word,
            [.., _, 's'] when word[..^2].Any(IsVowel) => word[..^1],
            _ => word,
        };
    }

    private static string PastOrGerund(string word, int r1)
    {
        if (Array.Find(["eedly", "eed"], s => word.EndsWith(s, StringComparison.Ordinal)) is { } agreed)
        {
            return word.Length - agreed.Length >= r1 ? word[..^agreed.Length] + "ee" : word;
        }

        if (Array.Find(["ingly", "edly", "ing", "ed"], s => word.EndsWith(s, StringComparison.Ordinal)) is not { } suffix || !word[..^suffix.Length].Any(IsVowel))
        {
            return word;
        }

        word = word[..^suffix.Length];
        return word switch
        {
            [.., 'a', 't'] or [.., 'b', 'l'] or [.., 'i', 'z'] => word + "e",
            _ when Doubles.Any(d => word.EndsWith(d, StringComparison.Ordinal)) => word[..^1],
            _ when word.Length <= r1 && EndsShort(word) => word + "e",
            _ => word,
        };
    }

    private static string LastY(string word) => word is [_, .., _, 'y' or 'Y'] && !IsVowel(word[^2]) ? word[..^1] + "i" : word;

    private static string Suffix(string word, int region, (string Suffix, string Instead)[] rules, Func<string, string, int, bool> holds)
    {
        var (suffix, instead) = Array.Find(rules, r => word.EndsWith(r.Suffix, StringComparison.Ordinal));
        var cut = word.Length - (suffix?.Length ?? 0);
        return suffix is not null && cut >= region && holds(word, suffix, cut) ? word[..cut] + instead : word;
    }

    private static string Fourthly(string word, int r2)
    {
        var suffix = Array.Find(Fourth, s => word.EndsWith(s, StringComparison.Ordinal));
        var cut = word.Length - (suffix?.Length ?? 0);
        return suffix is not null && cut >= r2 && (suffix != "ion" || (cut > 0 && word[cut - 1] is 's' or 't')) ? word[..cut] : word;
    }

    private static string Ending(string word, int r1, int r2) => word switch
    {
        [.., 'e'] when word.Length - 1 >= r2 || (word.Length - 1 >= r1 && !EndsShort(word[..^1])) => word[..^1],
        [.., 'l', 'l'] when word.Length - 1 >= r2 => word[..^1],
        _ => word,
    };

    private static bool EndsShort(string word) => word switch
    {
        [var first, var last] => IsVowel(first) && !IsVowel(last),
        [.., var before, var vowel, var last] => !IsVowel(before) && IsVowel(vowel) && !IsVowel(last) && last is not ('w' or 'x' or 'Y'),
        _ => false,
    };
}
