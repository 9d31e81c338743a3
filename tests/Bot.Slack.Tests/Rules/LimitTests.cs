using FakeSlack.Rules;

namespace Bot.Slack.Tests.Rules;

/// <summary>
/// Every limit of Slack's that is a number: at it nothing is wrong, one above it the fault is named.
/// 1. lengths of texts in blocks, elements, composition objects, charts, views;
/// 2. how many of something there may be;
/// 3. what is counted over a whole message or view.
/// </summary>
public sealed class LimitTests
{
    public static TheoryData<string, string, string, int> Lengths => new()
    {
        { "message", "header", """{"type":"header","text":«long»}""", 150 },
        { "message", "section", """{"type":"section","text":{"type":"mrkdwn","text":"«n»"}}""", 3000 },
        { "message", "section field", """{"type":"section","fields":[«long»]}""", 2000 },
        { "message", "context", """{"type":"context","elements":[«long»]}""", 3000 },
        { "message", "block_id", """{"type":"divider","block_id":"«n»"}""", 255 },
        { "modal", "label", Input("""{"type":"plain_text_input"}""", "«long»"), 2000 },
        { "modal", "hint", """{"type":"input","label":«words»,"hint":«long»,"element":{"type":"plain_text_input"}}""", 2000 },
        { "message", "alt_text", """{"type":"image","alt_text":"«n»","image_url":"https://example.org/a.png"}""", 2000 },
        { "message", "image title", """{"type":"image","alt_text":"x","title":«long»,"image_url":"https://example.org/a.png"}""", 2000 },
        { "message", "image_url", """{"type":"image","alt_text":"x","image_url":"https://a/«n»"}""", 3000 - "https://a/".Length },
        { "message", "button", Actions("""{"type":"button","text":«long»}"""), 75 },
        { "message", "button value", Actions("""{"type":"button","text":«words»,"value":"«n»"}"""), 2000 },
        { "message", "button url", Actions("""{"type":"button","text":«words»,"url":"https://a/«n»"}"""), 3000 - "https://a/".Length },
        { "message", "accessibility_label", Actions("""{"type":"button","text":«words»,"accessibility_label":"«n»"}"""), 75 },
        { "message", "action_id", Actions("""{"type":"button","text":«words»,"action_id":"«n»"}"""), 255 },
        { "message", "confirm title", Actions("""{"type":"button","text":«words»,"confirm":{"title":«long»,"text":«words»}}"""), 100 },
        { "message", "confirm text", Actions("""{"type":"button","text":«words»,"confirm":{"text":«long»}}"""), 300 },
        { "message", "confirm button", Actions("""{"type":"button","text":«words»,"confirm":{"text":«words»,"deny":«long»}}"""), 30 },
        { "modal", "option text", Input("""{"type":"static_select","options":[{"text":«long»,"value":"a"}]}"""), 75 },
        { "modal", "option value", Input("""{"type":"static_select","options":[{"text":«words»,"value":"«n»"}]}"""), 150 },
        { "modal", "option description", Input("""{"type":"radio_buttons","options":[{"text":«words»,"value":"a","description":«long»}]}"""), 75 },
        { "modal", "group label", Input("""{"type":"static_select","option_groups":[{"label":«long»,"options":[{"text":«words»,"value":"a"}]}]}"""), 75 },
        { "modal", "placeholder", Input("""{"type":"plain_text_input","placeholder":«long»}"""), 150 },
        { "modal", "initial_value", Input("""{"type":"plain_text_input","initial_value":"«n»"}"""), 3000 },
        { "modal", "initial_value within max_length", Input("""{"type":"plain_text_input","max_length":10,"initial_value":"«n»"}"""), 10 },
        { "modal", "alert", """{"type":"alert","text":{"type":"plain_text","text":"«n»"}}""", 200 },
        { "message", "markdown", """{"type":"markdown","text":"«n»"}""", 12_000 },
        { "message", "table", """{"type":"table","rows":[[{"type":"raw_text","text":"«n»"}]]}""", 10_000 },
        { "message", "card body", """{"type":"card","body":{"type":"mrkdwn","text":"«n»"}}""", 200 },
        { "message", "container title", """{"type":"container","title":«long»,"child_blocks":[{"type":"divider"}]}""", 150 },
        { "message", "chart title", Chart(title: "«n»"), 50 },
        { "message", "series name", Chart(name: "«n»"), 20 },
        { "message", "category", Chart(category: "«n»"), 20 },
        { "message", "axis label", Chart(axis: "«n»"), 50 },
    };

    public static TheoryData<string, string, string, int> Counts => new()
    {
        { "message", "blocks of a message", """«each {"type":"divider"}»""", 50 },
        { "modal", "blocks of a modal", """«each {"type":"divider"}»""", 100 },
        { "home", "blocks of Home", """«each {"type":"divider"}»""", 100 },
        { "message", "buttons in a row", """{"type":"actions","elements":[«each «button»»]}""", 25 },
        { "message", "context", """{"type":"context","elements":[«each «words»»]}""", 10 },
        { "message", "section fields", """{"type":"section","fields":[«each «words»»]}""", 10 },
        { "modal", "select options", Input("""{"type":"static_select","options":[«each «option»»]}"""), 100 },
        { "modal", "select groups", Input("""{"type":"static_select","option_groups":[«each {"label":«words»,"options":[«option»]}»]}"""), 100 },
        { "modal", "checkboxes", Input("""{"type":"checkboxes","options":[«each «option»»]}"""), 10 },
        { "modal", "radio buttons", Input("""{"type":"radio_buttons","options":[«each «option»»]}"""), 10 },
        { "message", "overflow", Actions("""{"type":"overflow","options":[«each «option»»]}"""), 5 },
        { "message", "table rows", """{"type":"table","rows":[«each [{"type":"raw_text","text":"x"}]»]}""", 100 },
        { "message", "table cells", """{"type":"table","rows":[[«each {"type":"raw_text","text":"x"}»]]}""", 20 },
        { "message", "table columns", """{"type":"table","column_settings":[«each {"align":"right"}»],"rows":[[{"type":"raw_text","text":"x"}]]}""", 20 },
        { "message", "tables", """«each {"type":"table","rows":[[{"type":"raw_text","text":"x"}]]}»""", 1 },
        { "message", "charts", $"«each {Chart()}»", 2 },
        { "message", "series", Chart(series: """«each {"name":"s№","data":[{"label":"a","value":1}]}»"""), 6 },
        { "message", "points", """{"type":"data_visualization","title":"x","chart":{"type":"line","series":[{"name":"s","data":[«each {"label":"c№","value":1}»]}],"axis_config":{"categories":[«each "c№"»]}}}""", 20 },
        { "message", "pie segments", """{"type":"data_visualization","title":"x","chart":{"type":"pie","segments":[«each {"label":"a","value":1}»]}}""", 6 },
        { "message", "context actions", """{"type":"context_actions","elements":[«each {"type":"icon_button","icon":"trash","text":{"type":"plain_text","text":"x"}}»]}""", 5 },
        { "message", "card actions", """{"type":"card","actions":[«each «button»»]}""", 2 },
        { "message", "carousel", """{"type":"carousel","elements":[«each {"type":"card","body":{"type":"mrkdwn","text":"x"}}»]}""", 10 },
        { "message", "container", """{"type":"container","title":«words»,"child_blocks":[«each {"type":"divider"}»]}""", 10 },
        { "modal", "fields with the focus", """«each {"type":"input","label":«words»,"element":{"type":"plain_text_input","focus_on_load":true}}»""", 1 },
    };

    [Theory, MemberData(nameof(Lengths))]
    public void A_text_may_be_as_long_as_its_limit_and_no_longer(string surface, string what, string block, int most)
    {
        var atLimit = Shown.On(surface, block, most);
        var above = Shown.On(surface, block, most + 1);

        Assert.Empty(atLimit);
        Assert.True(above.Any(fault => fault.Code == "too_long"), what);
    }

    [Theory, MemberData(nameof(Counts))]
    public void There_may_be_as_many_as_the_limit_and_no_more(string surface, string what, string block, int most)
    {
        var atLimit = Shown.On(surface, block, most);
        var above = Shown.On(surface, block, most + 1);

        Assert.Empty(atLimit);
        Assert.True(above.Any(fault => fault.Code == "too_many"), what);
    }

    [Theory]
    [InlineData("""{"type":"header","text":{"type":"plain_text","text":"«n»"}}""")]
    [InlineData("""{"type":"section","text":{"type":"mrkdwn","text":"«n»"}}""")]
    [InlineData("""{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"«n»"}]}]}""")]
    [InlineData("""{"type":"actions","elements":[«each {"type":"button","text":{"type":"plain_text","text":"x"}}»]}""")]
    [InlineData("""{"type":"actions","elements":[{"type":"static_select","options":[«each {"text":{"type":"plain_text","text":"x"},"value":"v№"}»]}]}""")]
    public void Something_is_needed_where_nothing_would_show(string block)
    {
        var one = Shown.On("message", block, 1);
        var none = Shown.On("message", block, 0);

        Assert.Empty(one);
        Assert.Contains(none, fault => fault.Code is "too_short" or "too_few");
    }

    [Fact]
    public void The_words_of_a_whole_message_are_limited()
    {
        const string Sections = """«each {"type":"section","text":{"type":"plain_text","text":"1234567890"}}»""";
        var most = Shown.On("message", $$"""{"type":"markdown","text":"{{new string('x', 11_500)}}"},{{Sections}}""", 49);
        var above = Shown.On("message", $$"""{"type":"markdown","text":"{{new string('x', 11_511)}}"},{{Sections}}""", 49);

        Assert.Empty(most);
        Assert.Equal("msg_blocks_too_long", Assert.Single(above).Code);
    }

    [Theory]
    [InlineData("title", 24)]
    [InlineData("submit", 24)]
    [InlineData("close", 24)]
    public void A_views_titles_are_short(string title, int most)
    {
        Assert.Empty(Titled(most));
        Assert.Equal(("too_long", $"/{title}/text"), Assert.Single(Titled(most + 1)) is var fault ? (fault.Code, fault.Pointer) : default);

        IReadOnlyList<Fault> Titled(int length)
        {
            var view = Shown.Parse("""{"type":"modal","title":«words»,"blocks":[]}""");
            view[title] = Shown.Parse("«long»", length);
            return BlockRules.View(view);
        }
    }

    [Theory]
    [InlineData("private_metadata", 3000)]
    [InlineData("callback_id", 255)]
    [InlineData("external_id", 255)]
    public void What_a_view_carries_with_it_is_limited(string property, int most)
    {
        Assert.Empty(Carrying(most));
        Assert.Equal("too_long", Assert.Single(Carrying(most + 1)).Code);

        IReadOnlyList<Fault> Carrying(int length) =>
            BlockRules.View(Shown.Parse($$"""{"type":"home","{{property}}":"«n»","blocks":[]}""", length));
    }

    [Fact]
    public void A_view_is_at_most_250_kilobytes()
    {
        const string Sections = """«each {"type":"section","text":{"type":"plain_text","text":"X"}}»""";

        Assert.Empty(Shown.On("home", Sections.Replace("X", new string('x', 2400)), 100));
        Assert.Equal("view_too_large", Assert.Single(Shown.On("home", Sections.Replace("X", new string('x', 2500)), 100)).Code);
    }

    private static string Actions(string element) => $$"""{"type":"actions","elements":[{{element}}]}""";

    private static string Input(string element, string label = "«words»") => $$"""{"type":"input","label":{{label}},"element":{{element}}}""";

    private static string Chart(string title = "x", string name = "s", string category = "a", string axis = "x", string? series = null) => """
        {"type":"data_visualization","title":"TITLE","chart":{"type":"line","series":[SERIES],"axis_config":{"categories":["CATEGORY"],"y_label":"AXIS"}}}
        """
        .Replace("TITLE", title).Replace("SERIES", series ?? """{"name":"NAME","data":[{"label":"CATEGORY","value":1}]}""").Replace("NAME", name).Replace("CATEGORY", category).Replace("AXIS", axis);
}
