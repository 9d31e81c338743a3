using System.Buffers;
using System.Text;

namespace Bot.Trends;

/// <summary>One word of a text.</summary>
/// <param name="Stem">What it counts as; negative for a word that carries nothing by itself.</param>
/// <param name="Start">Where it stands in the text.</param>
/// <param name="Opens">A sentence, or a part of one, begins with it.</param>
internal readonly record struct ThemeWord(int Stem, int Start, int Length, bool Opens)
{
    public bool IsStop => Stem < 0;
}

/// <summary>A text as a theme sees it.</summary>
/// <param name="Terms">Different stems and pairs of neighbouring stems.</param>
internal sealed record ThemeText(string Text, List<ThemeWord> Words, int[] Terms)
{
    public string Part(int first, int last) => Text[Words[first].Start..(Words[last].Start + Words[last].Length)];
}

/// <summary>Reads texts into numbered stems and pairs, and counts in how many texts each was. Any language that writes words; English words by their stem.</summary>
internal sealed class ThemeWords
{
    /// <summary>Between the two words of a pair there may be so many that carry nothing: "scores without a reason".</summary>
    private const int MaxBetween = 2;

    /// <summary>A long text says what it says at its beginning; the rest costs time and blurs.</summary>
    private const int MaxWords = 80;

    private const int Stop = -1;

    /// <summary>Of other languages none is kept: there, being in many texts is what tells a word that carries nothing.</summary>
    private static readonly HashSet<string> StopWords = Kept("""
        a able about above access actually add added adding after again ago all allow allowed allowing allows almost already also always am an and another any anyone anything anyway
        anyways anywhere are aren't around as ask asked asking asks at available away back basically be became because become been before behind being believe below besides between
        both but by call called came can can't cannot cant care certain change changed check clearly come comes coming completely consider considering constantly continue could couldn't
        couldnt create creating current currently day days decided definitely depends did didn't didnt different do does doesn't doesnt doing don't done dont down due during each easily
        easy either else end enough entire especially etc even ever every everybody everyone everything everytime exact exactly except expect expected experience experiencing
        extra face fact far feel feels felt few figure find finding finds first five follow for forward found four frankly from full fully further future gave general generally get
        gets getting give given gives giving go goes going gone gonna got gotten had half hand happen happened happening happens hard hardly has hasn't have haven't havent having he
        hear hello her here hers hey hi him his honestly hour hours how however i i'd i'll i'm i've idea if im immediately important in indeed inside instead into is isn't isnt it it'd
        it'll it's its itself ive job just keep keeps kept kind knew know known large last lately later least leave left less let lets let's like likely likes line literally little
        live long longer look looking looks lot lots made main make makes making man many matter may maybe me mean means might mind mine minute minutes moment month months more most
        mostly much multiple must my myself near nearly need needed needing needs neither never new next night no nobody none nor normal normally not note nothing now obviously
        of off often oh ok okay old on once one ones only onto or order original other others otherwise our out outside over overall own part particular past people per perhaps person
        place plain please pls plus plz point possible possibly pretty prior probably provide provided provides put question questions quick quickly quite rather reach read ready real
        really receive received recent recently regarding remain require required requires rest right run running said same saw say saying says second seconds see seeing
        seem seems seen self send sent several shall she should shouldn't show showing shown shows side simple simply since single sit small so some somebody somehow someone something
        sometimes somewhat soon sort specific start started starting starts state still stop stopped straight stuff such suddenly sure take taken takes taking talk tell telling tells
        ten term terms than that that'd that'll that's thats the their them themselves then there there's therefore these they they'll they're they've theyre thing things think thinking
        this those though thought three through throughout thus till time times to today together told tomorrow tonight too took top total totally toward tried tries true try trying
        turn two type u under understand unfortunately unless until up upon ur us use used useful user users uses using usually utilize value various version versions very via wait
        waited waiting want wanted wanting wants was wasn't way ways we we'd we'll we're we've week weeks well went were weren't what what's whatever when whenever where whether which
        while who whoever whole whom whose why will wish with within without won't wont word words would wouldn't wouldnt write year years yeah yes yesterday yet you you'd you'll you're
        you've your youre yours yourself zero
        """);

    /// <summary>Words that judge or thank and do not say what about, and what every such loop is about.</summary>
    private static readonly HashSet<string> Judging = Kept("""
        absolutely accurate ai amazed amazing annoying app application apps assistant awesome awful bad best better bot bravo brilliant bug bugs buggy complete cool crap decent developer developers dev devs
        disappointed disappointing disappointment enjoy enjoyed enjoying error errors excellent excited extremely correct infuriating fail failed fails fantastic favorite feature features fine finally fix fixed
        frustrated frustrating fun garbage glad good great greatly happy hate hated hello help helped helpful helping helps highly hope hoping horrible impressed impressive improve
        improved improvement improvements incredible incredibly interesting issue issues joke junk lol love loved loves loving mistake nice official pathetic perfect perfectly poor
        problem problems product program ridiculous sad seriously software solve star stars strange stupid super suggest suggested suggestion suggestions system technology terrible terribly
        thank thanks thx tool trash truly unable unacceptable unusable update updated updates useless waste weird wonderful work worked working works worse worst worth worthless wow wrong
        """);

    /// <summary>Small words that belong to the verb before them: "log in", "sign up".</summary>
    private static readonly HashSet<string> Particles = ["in", "up", "out", "off", "down", "on"];

    /// <summary>Verbs that are another word with it.</summary>
    private static readonly HashSet<string> WithParticle = ["log", "sign", "shut", "slow", "set", "lock", "plug", "sync"];

    /// <summary>Different words for the same thing.</summary>
    private static readonly Dictionary<string, string> SameAs = new() { ["signin"] = "login" };

    private readonly Dictionary<string, int> _stemOfWord = [];
    private readonly HashSet<string> _names = [];
    private readonly Dictionary<string, int> _stems = [];
    private readonly Dictionary<(int, int), int> _pairs = [];
    private readonly List<int> _textsWith = [];
    private readonly List<bool> _isPair = [];
    private readonly List<int> _lastText = [];
    private readonly List<int> _met = [];
    private readonly List<(int Texts, double Value)> _rarity = [];
    private readonly char[] _small = new char[64];

    /// <param name="name">Of what the texts are about: its words tell nothing apart.</param>
    public ThemeWords(string name)
    {
        foreach (var word in Words(name).Select(w => name.Substring(w.Start, w.Length).ToLowerInvariant()))
        {
            _stemOfWord[word] = Stop;
            _names.Add(word);
        }
    }

    public int Texts { get; private set; }

    /// <summary>Terms are numbered from 0 to below this.</summary>
    public int Terms => _textsWith.Count;

    public bool IsPair(int term) => _isPair[term];

    public int TextsWith(int term) => _textsWith[term];

    /// <summary>How rare a term is in the texts read so far, from near 0 to 1.</summary>
    public double Rarity(int term)
    {
        if (_rarity[term].Texts != Texts)
        {
            _rarity[term] = (Texts, Math.Log(1 + ((double)Texts / _textsWith[term])) / Math.Log(1 + Texts));
        }

        return _rarity[term].Value;
    }

    public static bool IsParticle(string word) => Particles.Contains(word);

    /// <summary>Reads a text and counts it.</summary>
    public ThemeText Read(string text)
    {
        var words = Words(text);
        Texts++;
        _met.Clear();
        var (before, between) = (Stop, 0);
        foreach (var word in words)
        {
            before = word.Opens ? Stop : before;
            if (word.IsStop)
            {
                between++;
                continue;
            }

            Meet(word.Stem);
            if (before != Stop && before != word.Stem && between <= MaxBetween)
            {
                Meet(PairOf(before, word.Stem));
            }

            (before, between) = (word.Stem, 0);
        }

        return new ThemeText(text, words, [.. _met]);
    }

    private void Meet(int term)
    {
        if (_lastText[term] != Texts)
        {
            _lastText[term] = Texts;
            _textsWith[term]++;
            _met.Add(term);
        }
    }

    private List<ThemeWord> Words(string text)
    {
        var words = new List<ThemeWord>();
        var opens = true;
        for (var i = 0; i < text.Length && words.Count < MaxWords;)
        {
            if (!IsLetter(text, i))
            {
               
                opens |= ".!?;,:()\"“”/…-–—。！？，、；：（）".Contains(text[i]);
                i++;
                continue;
            }

            var start = i;
            if (IsUnspaced(text[i]))
            {
                // Scripts without spaces: every two neighbouring signs are a word.
                i++;
                if (i < text.Length && IsUnspaced(text[i]))
                {
                    words.Add(new ThemeWord(StemOf(text.AsSpan(start, 2)), start, 2, opens));
                    opens = false;
                }

                continue;
            }

            while (i < text.Length && !IsUnspaced(text[i]) && (IsLetter(text, i) || (IsJoint(text[i]) && i + 1 < text.Length && IsLetter(text, i + 1))))
            {
                i++;
            }

            if (!opens && words.Count > 0 && Joined(text, words[^1], start, i) is { } joined)
            {
                words[^1] = joined;
                continue;
            }

            words.Add(new ThemeWord(StemOf(text.AsSpan(start, i - start)), start, i - start, opens));
            opens = false;
        }

        return words;
    }

    /// <summary>Letters, their marks, and digits within words.</summary>
    private static bool IsLetter(string text, int i) => char.IsLetterOrDigit(text[i]) || (char.GetUnicodeCategory(text[i]) is
        System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark);

    /// <summary>"doesn't", "plug-in".</summary>
    private static bool IsJoint(char c) => c is '\'' or '’' or '-';

    /// <summary>"log in" is one word, the same as "login" and "log-in"; and so is what the texts are about, when written as two.</summary>
    private ThemeWord? Joined(string text, ThemeWord before, int start, int end)
    {
        if (start - before.Start - before.Length != 1 || end - before.Start > _small.Length)
        {
            return null;
        }

        if (_names.Count > 0 && _names.Contains(string.Concat(text.AsSpan(before.Start, before.Length), text.AsSpan(start, end - start)).ToLowerInvariant()))
        {
            return new ThemeWord(Stop, before.Start, end - before.Start, before.Opens);
        }

        if (!IsParticle(text[start..end].ToLowerInvariant()))
        {
            return null;
        }

        var verb = EnglishStem.Of(text.Substring(before.Start, before.Length).ToLowerInvariant());
        return WithParticle.Contains(verb) ? new ThemeWord(StemOf(verb + text[start..end]), before.Start, end - before.Start, before.Opens) : null;
    }

    /// <summary>Han, kana and Thai.</summary>
    private static bool IsUnspaced(char c) => c is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\u0E00' and <= '\u0E7F');

    private int StemOf(ReadOnlySpan<char> word)
    {
        if (word.Length > _small.Length)
        {
            return Stop;
        }

        var small = _small.AsSpan(0, word.ToLowerInvariant(_small));
        small.Replace('’', '\'');
        if (_stemOfWord.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(small, out var known))
        {
            return known;
        }

        var spelt = small.ToString();
        return _stemOfWord[spelt] = IsEmpty(spelt) ? Stop : NumberOf(Stem(spelt.Normalize(NormalizationForm.FormC).Replace("-", "", StringComparison.Ordinal)));
    }

    private static string Stem(string word) => EnglishStem.Of(word) is var stem && SameAs.TryGetValue(stem, out var same) ? same : stem;

    private static HashSet<string> Kept(string words) => [.. words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    private static bool IsEmpty(string word) => word.Length < 2 || word.All(char.IsDigit) || StopWords.Contains(word) || Judging.Contains(word);

    private int NumberOf(string stem) => _stems.TryGetValue(stem, out var number) ? number : _stems[stem] = Next(isPair: false);

    /// <summary>In whichever order: "verify number" and "number verification" are one pair.</summary>
    private int PairOf(int one, int other)
    {
        var pair = one < other ? (one, other) : (other, one);
        return _pairs.TryGetValue(pair, out var number) ? number : _pairs[pair] = Next(isPair: true);
    }

    public int? FindPair(int one, int other) => _pairs.TryGetValue(one < other ? (one, other) : (other, one), out var number) ? number : null;

    private int Next(bool isPair)
    {
        _textsWith.Add(0);
        _isPair.Add(isPair);
        _lastText.Add(0);
        _rarity.Add(default);
        return _textsWith.Count - 1;
    }
}
