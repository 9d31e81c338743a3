using Bot.Chat;
using Bot.Portfolios;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Portfolios;

public sealed class SetPortfolioTests
{
    [Theory]
    [InlineData("#managers")]
    [InlineData("managers")]
    [InlineData("#Managers")]
    [InlineData("channel-managers")]
    [InlineData("#channel-managers")]
    public async Task An_admin_names_the_channel_and_it_comes_on_friday_mornings(string typed)
    {
        await using var product = await Product.StartAsync();
        await product.OpenManagersAsync();

        var shown = (await product.TypeAsync("root", "portfolio " + typed)).Shown();

        Assert.Contains("#managers, Fridays at 09:00 (Berlin)", shown, StringComparison.Ordinal);
        Assert.Contains("Fri 27 Nov 2026 09:00 (Berlin, UTC+01:00)", shown, StringComparison.Ordinal);
        Assert.Equal(DateTimeOffset.Parse("2026-11-27T08:00:00Z"), (await product.PortfolioAsync())?.NextAt);
    }

    [Fact]
    public async Task Fridays_at_nine_are_those_of_whoever_sets_it()
    {
        await using var product = await Product.StartAsync();
        await product.UseAsync(db => db.People.Where(p => p.ExternalId == "chloe").ExecuteUpdateAsync(p => p.SetProperty(x => x.IsAdmin, true)));

        var shown = (await product.TypeAsync("chloe", "portfolio here")).Shown();

        Assert.Contains("#churn, Fridays at 09:00 (New York)", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_nobody_has_set_it_the_owner_of_an_initiative_may_and_then_only_they_and_admins_change_it()
    {
        await using var product = await Product.StartAsync();
        await product.OpenManagersAsync();
        await product.StartLoopAsync();

        var stranger = (await product.TypeAsync("ben", "portfolio #managers")).Shown();
        var owner = (await product.TypeAsync("ana", "portfolio here")).Shown();
        var again = (await product.TypeAsync("ben", "portfolio off")).Shown();
        var change = (await product.PressAsync("ben", SchedulePortfolio.Action, Portfolio.Key)).Shown();

        Assert.Contains("Only a workspace admin (Root), or the owner of an initiative, can say", stranger, StringComparison.Ordinal);
        Assert.Contains("#churn", owner, StringComparison.Ordinal);
        Assert.Contains("Only Ana, who set it up, or a workspace admin (Root) can change", again, StringComparison.Ordinal);
        Assert.Contains("Only Ana, who set it up", change, StringComparison.Ordinal);
        Assert.NotNull(await product.PortfolioAsync());
    }

    [Fact]
    public async Task A_channel_that_is_unknown_or_that_the_asker_is_not_in_is_answered_alike()
    {
        await using var product = await Product.StartAsync();
        await product.OpenManagersAsync();
        await product.StartLoopAsync();

        var unknown = (await product.TypeAsync("ana", "portfolio #boardroom")).Shown();
        var foreign = (await product.TypeAsync("ana", "portfolio #managers")).Shown();

        Assert.Equal(unknown.Replace("boardroom", "managers", StringComparison.Ordinal), foreign);
        Assert.Contains("Bring me into it, join it yourself", unknown, StringComparison.Ordinal);
        Assert.Contains("I know: #churn.", unknown, StringComparison.Ordinal);
        Assert.Null(await product.PortfolioAsync());
    }

    [Fact]
    public async Task A_channel_of_another_workspace_is_unknown()
    {
        await using var product = await Product.StartAsync();
        await product.HearAsync(new MembersChanged(product.Next(), new WorkspaceRef(RecordingChat.TheName, "other"), product.Place("channel-theirs"), [new ChatPerson("root")], []));

        var shown = (await product.TypeAsync("root", "portfolio #theirs")).Shown();

        Assert.Contains("I do not know a channel", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_channels_with_one_name_none_is_guessed()
    {
        await using var product = await Product.StartAsync();
        foreach (var id in new[] { "a", "b" })
        {
            await product.HearAsync(new MembersChanged(product.Next(), product.Workspace, new Conversation(id, ConversationKind.Channel, "General"), [new ChatPerson("root")], []));
        }

        var shown = (await product.TypeAsync("root", "portfolio #general")).Shown();

        Assert.Contains("Several channels are called", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_name_this_channel_is_offered_and_a_press_sets_it()
    {
        await using var product = await Product.StartAsync();
        await product.OpenManagersAsync();

        var offer = Assert.IsType<Reply.Whisper>(await product.TypeAsync("root", "portfolio", ManagersChannel.Name)).Card;
        var key = (string)offer.Content["actions"]![0]!["data"]!["_ap"]!;
        var shown = (await product.PressAsync("root", SetPortfolio.Action, key, ManagersChannel.Name)).Shown();

        Assert.Contains("Post it in #managers", CardText.Of(offer), StringComparison.Ordinal);
        Assert.Contains("#managers, Fridays", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_offer_is_of_no_use_to_somebody_who_may_not_take_it()
    {
        await using var product = await Product.StartAsync();
        await product.OpenManagersAsync();
        var offer = Assert.IsType<Reply.Whisper>(await product.TypeAsync("root", "portfolio", ManagersChannel.Name)).Card;
        var key = (string)offer.Content["actions"]![0]!["data"]!["_ap"]!;

        var shown = (await product.PressAsync("ben", SetPortfolio.Action, key, ManagersChannel.Name)).Shown();

        Assert.Contains("Only a workspace admin (Root)", shown, StringComparison.Ordinal);
        Assert.Null(await product.PortfolioAsync());
    }

    [Fact]
    public async Task In_a_personal_chat_it_is_told_how_to_name_a_channel()
    {
        await using var product = await Product.StartAsync();

        var shown = (await product.TypeAsync("root", "portfolio", channel: null)).Shown();

        Assert.Contains("/pilot portfolio #channel", shown.ReplaceLineEndings(""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_set_it_is_shown_to_the_people_of_its_channel_and_to_admins_only()
    {
        await using var product = await Product.StartAsync();
        await product.OpenManagersAsync();
        await product.StartLoopAsync();
        await product.TypeAsync("root", "portfolio #managers");

        var member = (await product.TypeAsync("ben", "portfolio", channel: null)).Shown();
        var admin = (await product.PressAsync("root", ShowPortfolio.Action, Portfolio.Key)).Shown();
        var stranger = (await product.TypeAsync("ana", "portfolio", channel: null)).Shown();

        Assert.Contains("Churn predictor", member, StringComparison.Ordinal);
        Assert.DoesNotContain("Change the time", member, StringComparison.Ordinal);
        Assert.Contains("Posted in #managers, Fridays at 09:00 (Berlin)", admin, StringComparison.Ordinal);
        Assert.Contains("Change the time", admin, StringComparison.Ordinal);
        Assert.DoesNotContain("Churn predictor", stranger, StringComparison.Ordinal);
        Assert.DoesNotContain("managers,", stranger, StringComparison.Ordinal);
        Assert.Empty(product.Digests());
    }

    [Fact]
    public async Task The_time_is_changed_by_a_form_that_tells_its_faults()
    {
        await using var product = await Product.StartAsync();
        await product.TypeAsync("root", "portfolio here");
        var form = await product.OpenAsync("root", SchedulePortfolio.Action, Portfolio.Key);

        var faulty = Assert.IsType<Reply.FieldErrors>(await product.SendAsync("root", form.Ref, new() { ["day"] = "Noday", ["time"] = "25:00", ["zone"] = "New York" }));
        var fine = (await product.SendAsync("root", form.Ref, new() { ["day"] = "Monday", ["time"] = "07:30", ["zone"] = "America/New_York" })).Shown();

        Assert.Equal(["day", "time", "zone"], faulty.Errors.Keys.Order());
        Assert.Contains("America/New_York", faulty.Errors["zone"], StringComparison.Ordinal);
        Assert.Contains("Mondays at 07:30 (New York)", fine, StringComparison.Ordinal);
        Assert.Equal(DateTimeOffset.Parse("2026-11-23T12:30:00Z"), (await product.PortfolioAsync())!.NextAt);
    }

    [Fact]
    public async Task Off_ends_it_and_a_form_left_open_says_so()
    {
        await using var product = await Product.StartAsync();
        await product.TypeAsync("root", "portfolio here");
        var form = await product.OpenAsync("root", SchedulePortfolio.Action, Portfolio.Key);

        await product.TypeAsync("root", "portfolio off");
        var late = (await product.SendAsync("root", form.Ref, new() { ["day"] = "Monday", ["time"] = "07:30", ["zone"] = "Europe/Berlin" })).Shown();
        var again = (await product.TypeAsync("root", "portfolio off")).Shown();

        Assert.Null(await product.PortfolioAsync());
        Assert.Contains("No portfolio digest is posted here any more", late, StringComparison.Ordinal);
        Assert.Contains("No portfolio digest is posted here.", again, StringComparison.Ordinal);
    }
}
