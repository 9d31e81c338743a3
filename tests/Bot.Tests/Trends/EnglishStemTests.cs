using Bot.Trends;

namespace Bot.Tests.Trends;

/// <summary>The sample vocabulary and the special words published with the Porter2 rules.</summary>
public sealed class EnglishStemTests
{
    [Theory]
    [InlineData("consign consigned consigning consignment", "consign")]
    [InlineData("consist consisted consistency consistent consistently consisting consists", "consist")]
    [InlineData("consolation consolations console consoled consoles consoling consolingly consols", "consol")]
    [InlineData("consolatory", "consolatori")]
    [InlineData("consolidate consolidated consolidating", "consolid")]
    [InlineData("conspicuous conspicuously", "conspicu")]
    [InlineData("conspiracy", "conspiraci")]
    [InlineData("conspirator conspirators conspire conspired conspiring", "conspir")]
    [InlineData("constable constables", "constabl")]
    [InlineData("constance constancy", "constanc")]
    [InlineData("knack knacks", "knack")]
    [InlineData("knackeries", "knackeri")]
    [InlineData("knave knaves knavish", "knave knave knavish")]
    [InlineData("kneaded kneading", "knead")]
    [InlineData("kneel kneeled kneeling kneels", "kneel")]
    [InlineData("knife knight knightly knights", "knife knight knight knight")]
    [InlineData("knit knits knitted knitting", "knit")]
    [InlineData("knock knocked knocker knockers knocking knocks", "knock knock knocker knocker knock knock")]
    [InlineData("ties cries dies gas this gaps kiwis", "tie cri die gas this gap kiwi")]
    [InlineData("caresses agreed luxuriated hopping hoped hoping falling", "caress agre luxuri hop hope hope fall")]
    [InlineData("cry by say happy enjoyed", "cri by say happi enjoy")]
    [InlineData("generate generates general generically generous communities", "generat generat general generic generous communiti")]
    [InlineData("relational conditional vietnamization predication operator decisiveness hopefulness", "relat condit vietnam predic oper decis hope")]
    [InlineData("replacement adjustment adoption triplicate electricity", "replac adjust adopt triplic electr")]
    [InlineData("skis skies dying lying idly gently ugly early only singly news", "ski sky die lie idl gentl ugli earli onli singl news")]
    [InlineData("innings outing exceed succeeds proceeding", "inning outing exceed succeed proceed")]
    [InlineData("customer's reason' scores scored scoring", "custom reason score score score")]
    [InlineData("ganz müde нет", "ganz müde нет")]
    public void A_word_has_the_published_stem(string words, string stems)
    {
        var (given, expected) = (words.Split(' '), stems.Split(' '));

        Assert.Equal(given.Select((_, i) => expected[expected.Length == 1 ? 0 : i]), given.Select(EnglishStem.Of));
    }
}
