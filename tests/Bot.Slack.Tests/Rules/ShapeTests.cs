using System.Text.Json.Nodes;
using FakeSlack.Rules;

namespace Bot.Slack.Tests.Rules;

/// <summary>
/// Every rule of Slack's that is not a number, with what keeps to it and what just does not.
/// 1. types, properties, kinds of values; 2. what may stand on which surface; 3. what has to differ; 4. what has to agree with something
/// else in the same element; 5. texts that are to be dates, addresses, numbers.
/// </summary>
public sealed class ShapeTests
{
    [Theory]
    [InlineData("""{"type":"divider"}""", """{"type":"ruler"}""", "unknown_type", "/blocks/0/type")]
    [InlineData("""{"type":"divider"}""", """{"block_id":"a"}""", "missing", "/blocks/0")]
    [InlineData("""{"type":"divider"}""", "3", "wrong_kind", "/blocks/0")]
    [InlineData("""{"type":"divider","block_id":"a"}""", """{"type":"divider","id":"a"}""", "unknown_property", "/blocks/0/id")]
    [InlineData("""{"type":"header","text":«words»}""", """{"type":"header"}""", "missing", "/blocks/0")]
    [InlineData("""{"type":"header","text":«words»}""", """{"type":"header","text":{"type":"mrkdwn","text":"x"}}""", "not_one_of", "/blocks/0/text/type")]
    [InlineData("""{"type":"header","text":«words»}""", """{"type":"header","text":"x"}""", "wrong_kind", "/blocks/0/text")]
    [InlineData("""{"type":"section","text":{"type":"mrkdwn","text":"x","verbatim":true}}""", """{"type":"section","text":{"type":"mrkdwn","text":"x","emoji":true}}""", "unknown_property", "/blocks/0/text/emoji")]
    [InlineData("""{"type":"section","text":«words»}""", """{"type":"section"}""", "missing", "/blocks/0")]
    [InlineData("""{"type":"section","text":«words»,"accessory":{"type":"button","text":«words»}}""", """{"type":"section","text":«words»,"accessory":[{"type":"button","text":«words»}]}""", "wrong_kind", "/blocks/0/accessory")]
    [InlineData("""{"type":"section","text":«words»,"accessory":{"type":"button","text":«words»}}""", """{"type":"section","text":«words»,"accessory":{"type":"plain_text_input"}}""", "unknown_type", "/blocks/0/accessory/type")]
    [InlineData("""{"type":"actions","elements":[{"type":"button","text":«words»,"style":"primary"}]}""", """{"type":"actions","elements":[{"type":"button","text":«words»,"style":"default"}]}""", "not_one_of", "/blocks/0/elements/0/style")]
    [InlineData("""{"type":"actions","elements":[{"type":"button","text":«words»}]}""", """{"type":"actions","elements":[{"type":"plain_text_input"}]}""", "unknown_type", "/blocks/0/elements/0/type")]
    [InlineData("""{"type":"image","alt_text":"x","slack_file":{"id":"F1"}}""", """{"type":"image","alt_text":"x","slack_file":{"id":"F1","url":"https://a/b"}}""", "missing", "/blocks/0/slack_file")]
    [InlineData("""{"type":"image","alt_text":"x","image_url":"https://a/b"}""", """{"type":"image","image_url":"https://a/b"}""", "missing", "/blocks/0")]
    [InlineData("""{"type":"rich_text","elements":[{"type":"rich_text_list","style":"bullet","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"x"}]}]}]}""", """{"type":"rich_text","elements":[{"type":"rich_text_list","style":"bullet","elements":[{"type":"text","text":"x"}]}]}""", "unknown_type", "/blocks/0/elements/0/elements/0/type")]
    [InlineData("""{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"x","style":{"bold":true}}]}]}""", """{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"x","style":{"bold":1}}]}]}""", "wrong_kind", "/blocks/0/elements/0/elements/0/style/bold")]
    [InlineData("""{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"x","style":{"bold":true}}]}]}""", """{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"x","style":{"weight":true}}]}]}""", "unknown_property", "/blocks/0/elements/0/elements/0/style/weight")]
    [InlineData("""{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"x"}]}]}""", """{"type":"rich_text","elements":[{"type":"text","text":"x"}]}""", "unknown_type", "/blocks/0/elements/0/type")]
    [InlineData("""{"type":"data_table","caption":"x","rows":[[{"type":"raw_text","text":"x"}],[{"type":"raw_number","value":1,"text":"1"}]]}""", """{"type":"data_table","caption":"x","rows":[[{"type":"raw_text","text":"x"}],[{"type":"raw_text","text":"1"},{"type":"raw_text","text":"1"}]]}""", "bad_value", "/blocks/0/rows")]
    public void A_block_is_what_its_page_says(string right, string wrong, string code, string pointer)
    {
        var none = Shown.On("message", right);
        var faults = Shown.On("message", wrong);

        Assert.Empty(none);
        Assert.Equal((code, pointer), Assert.Single(faults) is var fault ? (fault.Code, fault.Pointer) : default);
    }

    [Theory]
    [InlineData("""{"type":"table","rows":[[{"type":"raw_text","text":"x"}]]}""", "message home")]
    [InlineData("""{"type":"markdown","text":"x"}""", "message")]
    [InlineData("""{"type":"alert","text":{"type":"plain_text","text":"x"}}""", "modal")]
    [InlineData("""{"type":"data_visualization","title":"x","chart":{"type":"pie","segments":[{"label":"a","value":1}]}}""", "message")]
    [InlineData("""{"type":"container","title":«words»,"child_blocks":[{"type":"divider"}]}""", "message")]
    [InlineData("""{"type":"input","label":«words»,"element":{"type":"plain_text_input"}}""", "message modal home")]
    [InlineData("""{"type":"input","label":«words»,"element":{"type":"datepicker"}}""", "message modal home")]
    [InlineData("""{"type":"input","label":«words»,"element":{"type":"datetimepicker"}}""", "message modal")]
    [InlineData("""{"type":"input","label":«words»,"element":{"type":"rich_text_input"}}""", "modal home")]
    [InlineData("""{"type":"input","label":«words»,"element":{"type":"number_input","is_decimal_allowed":true}}""", "modal")]
    [InlineData("""{"type":"input","label":«words»,"element":{"type":"email_text_input"}}""", "modal")]
    [InlineData("""{"type":"input","label":«words»,"element":{"type":"url_text_input"}}""", "modal")]
    [InlineData("""{"type":"input","label":«words»,"element":{"type":"file_input"}}""", "modal")]
    public void A_block_stands_where_slack_shows_it(string block, string surfaces)
    {
        foreach (var surface in new[] { "message", "modal", "home" })
        {
            var faults = Shown.On(surface, block);

            Assert.Equal(surfaces.Contains(surface) ? [] : ["wrong_surface"], faults.Select(fault => fault.Code));
        }
    }

    [Theory]
    [InlineData("""{"type":"divider","block_id":"a"},{"type":"divider","block_id":"b"}""", """{"type":"divider","block_id":"a"},{"type":"divider","block_id":"a"}""", "/blocks/1/block_id")]
    [InlineData(
        """{"type":"actions","elements":[{"type":"button","text":«words»,"action_id":"a"}]},{"type":"actions","elements":[{"type":"button","text":«words»,"action_id":"b"}]}""",
        """{"type":"actions","elements":[{"type":"button","text":«words»,"action_id":"a"}]},{"type":"actions","elements":[{"type":"button","text":«words»,"action_id":"a"}]}""", "/blocks/1/elements/0/action_id")]
    [InlineData("""{"type":"actions","elements":[{"type":"checkboxes","options":[«a»,«b»]}]}""", """{"type":"actions","elements":[{"type":"checkboxes","options":[«a»,«a»]}]}""", "/blocks/0/elements/0/options")]
    [InlineData(
        """{"type":"data_visualization","title":"x","chart":{"type":"line","series":[{"name":"s","data":[{"label":"a","value":1}]},{"name":"t","data":[{"label":"a","value":1}]}],"axis_config":{"categories":["a"]}}}""",
        """{"type":"data_visualization","title":"x","chart":{"type":"line","series":[{"name":"s","data":[{"label":"a","value":1}]},{"name":"s","data":[{"label":"a","value":1}]}],"axis_config":{"categories":["a"]}}}""", "/blocks/0/chart/series")]
    public void Names_differ(string right, string wrong, string pointer)
    {
        var none = Shown.On("message", right);
        var faults = Shown.On("message", wrong);

        Assert.Empty(none);
        Assert.Equal(("not_unique", pointer), Assert.Single(faults) is var fault ? (fault.Code, fault.Pointer) : default);
    }

    [Theory]
    [InlineData("""{"type":"static_select","options":[«a»],"initial_option":«a»}""", """{"type":"static_select","options":[«a»],"initial_option":«b»}""", "not_an_option")]
    [InlineData("""{"type":"static_select","option_groups":[{"label":«words»,"options":[«a»]}],"initial_option":«a»}""", """{"type":"static_select","option_groups":[{"label":«words»,"options":[«a»]}],"initial_option":«b»}""", "not_an_option")]
    [InlineData("""{"type":"checkboxes","options":[«a»,«b»],"initial_options":[«b»,«a»]}""", """{"type":"checkboxes","options":[«a»,«b»],"initial_options":[«a»,«a»]}""", "not_unique")]
    [InlineData("""{"type":"checkboxes","options":[«a»,«b»],"initial_options":[«a»]}""", """{"type":"checkboxes","options":[«a»,«b»],"initial_options":[]}""", "too_few")]
    [InlineData("""{"type":"static_select","options":[«a»]}""", """{"type":"static_select"}""", "missing")]
    [InlineData("""{"type":"static_select","options":[«a»]}""", """{"type":"static_select","options":[«a»],"option_groups":[{"label":«words»,"options":[«a»]}]}""", "missing")]
    [InlineData("""{"type":"plain_text_input","min_length":3,"max_length":3}""", """{"type":"plain_text_input","min_length":4,"max_length":3}""", "bad_value")]
    [InlineData("""{"type":"plain_text_input","max_length":3000}""", """{"type":"plain_text_input","max_length":3001}""", "bad_value")]
    [InlineData("""{"type":"plain_text_input","dispatch_action_config":{"trigger_actions_on":["on_character_entered"]}}""", """{"type":"plain_text_input","dispatch_action_config":{"trigger_actions_on":["on_blur"]}}""", "not_one_of")]
    [InlineData("""{"type":"number_input","is_decimal_allowed":false,"initial_value":"3"}""", """{"type":"number_input","is_decimal_allowed":false,"initial_value":"3.5"}""", "bad_value")]
    [InlineData("""{"type":"number_input","is_decimal_allowed":true,"initial_value":"3.5"}""", """{"type":"number_input","is_decimal_allowed":true,"initial_value":3.5}""", "bad_value")]
    [InlineData("""{"type":"number_input","is_decimal_allowed":true}""", """{"type":"number_input"}""", "missing")]
    [InlineData("""{"type":"number_input","is_decimal_allowed":true,"max_value":"5","initial_value":"5"}""", """{"type":"number_input","is_decimal_allowed":true,"max_value":"5","initial_value":"6"}""", "bad_value")]
    [InlineData("""{"type":"number_input","is_decimal_allowed":true,"min_value":"1","max_value":"1"}""", """{"type":"number_input","is_decimal_allowed":true,"min_value":"2","max_value":"1"}""", "bad_value")]
    [InlineData("""{"type":"datepicker","initial_date":"2026-11-28"}""", """{"type":"datepicker","initial_date":"28.11.2026"}""", "bad_value")]
    [InlineData("""{"type":"timepicker","initial_time":"09:30","timezone":"Europe/Berlin"}""", """{"type":"timepicker","initial_time":"9:30"}""", "bad_value")]
    [InlineData("""{"type":"timepicker","timezone":"Europe/Berlin"}""", """{"type":"timepicker","timezone":"Berlin"}""", "bad_value")]
    [InlineData("""{"type":"file_input","max_files":10}""", """{"type":"file_input","max_files":11}""", "bad_value")]
    [InlineData("""{"type":"rich_text_input","max_lines":100}""", """{"type":"rich_text_input","max_lines":101}""", "bad_value")]
    public void An_input_agrees_with_itself(string right, string wrong, string code)
    {
        var none = Shown.On("modal", $$"""{"type":"input","label":«words»,"element":{{right}}}""");
        var faults = Shown.On("modal", $$"""{"type":"input","label":«words»,"element":{{wrong}}}""");

        Assert.Empty(none);
        Assert.Equal(code, Assert.Single(faults).Code);
    }

    [Theory]
    [InlineData("""{"type":"line","series":[{"name":"s","data":[{"label":"a","value":1},{"label":"b","value":2}]}],"axis_config":{"categories":["a","b"]}}""", """{"type":"line","series":[{"name":"s","data":[{"label":"a","value":1}]}],"axis_config":{"categories":["a","b"]}}""")]
    [InlineData("""{"type":"line","series":[{"name":"s","data":[{"label":"a","value":1},{"label":"b","value":2}]}],"axis_config":{"categories":["a","b"]}}""", """{"type":"line","series":[{"name":"s","data":[{"label":"b","value":1},{"label":"a","value":1}]}],"axis_config":{"categories":["a","b"]}}""")]
    [InlineData("""{"type":"pie","segments":[{"label":"a","value":0.1}]}""", """{"type":"pie","segments":[{"label":"a","value":0}]}""")]
    [InlineData("""{"type":"bar","series":[{"name":"s","data":[{"label":"a","value":1}]}],"axis_config":{"categories":["a"]}}""", """{"type":"bar","series":[{"name":"s","data":[{"label":"a","value":1}]}],"axis_config":{"categories":["b"]}}""")]
    public void A_chart_is_complete(string right, string wrong)
    {
        var none = Shown.On("message", $$"""{"type":"data_visualization","title":"x","chart":{{right}}}""");
        var faults = Shown.On("message", $$"""{"type":"data_visualization","title":"x","chart":{{wrong}}}""");

        Assert.Empty(none);
        Assert.Equal("bad_value", Assert.Single(faults).Code);
    }

    [Fact]
    public void A_modal_with_an_input_can_be_sent()
    {
        var modal = Shown.Parse("""{"type":"modal","title":«words»,"blocks":[{"type":"input","label":«words»,"element":{"type":"plain_text_input"}}]}""");
        var without = BlockRules.View(modal);
        modal["submit"] = Shown.Parse("«words»");

        Assert.Equal("missing", Assert.Single(without).Code);
        Assert.Empty(BlockRules.View(modal));
    }

    [Theory]
    [InlineData("title")]
    [InlineData("submit")]
    [InlineData("close")]
    public void A_home_has_no_titles(string title)
    {
        var faults = BlockRules.View(Shown.Parse($$"""{"type":"home","blocks":[],"{{title}}":«words»}"""));

        Assert.Equal("unknown_property", Assert.Single(faults).Code);
    }

    [Fact]
    public void A_character_is_not_torn_apart()
    {
        var faults = new[] { "\uD83C\uDF31", "\uD83C", "\uDF31" }.Select(text =>
            BlockRules.Message(new JsonArray(new JsonObject { ["type"] = "header", ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = text } })));

        Assert.Equal([0, 1, 1], faults.Select(found => found.Count));
    }

    [Fact]
    public void A_message_without_blocks_is_no_fault_and_what_is_no_list_is()
    {
        Assert.Empty(BlockRules.Message(new JsonArray()));
        Assert.Equal("wrong_kind", Assert.Single(BlockRules.Message(new JsonObject())).Code);
        Assert.Equal("unknown_type", Assert.Single(BlockRules.View(new JsonObject { ["type"] = "workflow_step" })).Code);
    }
}
