using System.Globalization;
using Bot.CheckIns;
using FakeSlack.Deliver;
using FakeSlack.People;
using FakeSlack.World;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host.Tests.Slack;

// The whole week of the loop in Slack, through the real host, over HTTP and over Socket Mode: installation, a form with field errors, drafts, an edit, a reminder,
// the review, the digest, a late answer, App Home, uninstalling and installing again. The fake refuses what Slack would refuse, and complains of what comes late.
public sealed class WeekInSlackTests
{
    private const string Churn = "Churn predictor";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Three_people_live_a_week_from_installation_to_a_second_installation(bool overSockets)
    {
        await using var team = await SlackTeam.StartAsync(overSockets);

        await InstalledAsync(team);
        await LoopStartedAsync(team);
        await CheckInsAsync(team);
        await RemindedAsync(team);
        await ReviewedAsync(team);
        await DigestedAsync(team);
        await HomeAsync(team);
        await UninstalledAndBackAsync(team);

        Assert.Empty(team.Slack.Complaints);
        Assert.All(team.Slack.Deliveries, delivery => Assert.True(delivery.IsAcknowledged, delivery.Payload.ToJsonString()));
        Assert.DoesNotContain("xoxb-", team.Host.Output);
        Assert.DoesNotContain("hooks.slack", team.Host.Output);
        await team.SaidNothingOfAsync(
            team.Slack.App.SigningSecret, team.Slack.App.ClientSecret, team.Slack.App.AppToken, team.Installed.Token, await team.StoredTokenAsync(), "saved me an hour", "evil.example");
    }

    private static async Task InstalledAsync(SlackTeam team)
    {
        Assert.Contains("Afterpilot is installed", await team.InstallAsync());
        var welcome = await team.Dana.SeesAsync(Person.App, "Add me to the channel");
        Assert.DoesNotContain(team.Installed.Token, await team.StoredTokenAsync());

        await team.Dana.PressAsync(welcome, "Register an initiative");
        await (await team.Dana.WindowAsync()).CloseAsync();

        await team.Slack.InviteAppAsync(team.Channel, team.Dana.Id);
        await team.Lee.SeesAsync(SlackTeam.Place, "Afterpilot is in #churn");
        await Eventually.HoldsAsync("the members of the channel were read", () => team.AskAsync(db => db.Channels.AnyAsync(c => c.ExternalId == team.Channel.Id && c.MembersReadAt != null)));
    }

    private static async Task LoopStartedAsync(SlackTeam team)
    {
        await team.Dana.TypeAsync(SlackTeam.Place, "/pilot loop");
        var form = await team.Dana.WindowAsync();
        await form.FillAsync("name", Churn);
        await form.FillAsync("people", "dana", "lee", "priya");
        await form.FillAsync("day", team.Now.AddDays(2).DayOfWeek.ToString());
        await form.FillAsync("time", "10:00");
        await form.FillAsync("zone", "Europe/Atlantis");
        await form.FillAsync("metric", "Calls changed because of it");

        var refused = Assert.IsType<Submission.FieldErrors>(await SubmitAsync(form));

        Assert.Equal("zone", Assert.Single(refused.Errors).Key);
        Assert.Equal(Churn, form.Value("name"));
        await form.FillAsync("zone", "Europe/Berlin");
        await SendAsync(form);
        await team.Lee.SeesAsync(SlackTeam.Place, $"{Churn}: a weekly loop starts here");
    }

    private static async Task CheckInsAsync(SlackTeam team)
    {
        await team.MoveToAsync((await team.RoundAsync()).OpensAt);
        await team.Priya.SeesAsync(Person.App, "(New York)");
        var prompt = await team.Lee.SeesAsync(Person.App, Churn);

        await team.Lee.PressAsync(prompt, "Answer");
        var form = await team.Lee.WindowAsync();
        await form.FillAsync("comment", "saved me an hour <!channel> <https://evil.example|here>");
        await form.CloseAsync();
        await Eventually.HoldsAsync("the draft is kept", () => team.AskAsync(db => db.Drafts.AnyAsync(d => d.Form == CheckInForm.Name)));

        await team.Lee.PressAsync(prompt, "Answer");
        form = await team.Lee.WindowAsync();
        Assert.Contains("saved me an hour", form.Value("comment"));
        await form.FillAsync("rating", "3");
        await form.FillAsync("struggles", "wrong");
        await form.FillAsync("drift", "yes");
        await SendAsync(form);
        var saved = await team.Lee.SeesAsync(Person.App, "Saved. You can change it until");
        Assert.Equal(prompt.Ts, saved.Ts);
        Assert.Contains("3 of 5", saved.Words);

        await team.Lee.PressAsync(saved, "Change");
        form = await team.Lee.WindowAsync();
        Assert.Equal("3", form.Value("rating"));
        await form.FillAsync("rating", "4");
        await SendAsync(form);
        await team.Lee.SeesAsync(Person.App, "4 of 5");

        await team.Dana.ShortcutAsync("answer_checkin");
        form = await team.Dana.WindowAsync();
        await form.FillAsync("metric", "many");
        await form.FillAsync("rating", "4");
        await form.FillAsync("drift", "no");
        Assert.Contains("metric", Assert.IsType<Submission.FieldErrors>(await SubmitAsync(form)).Errors.Keys);
        await form.FillAsync("metric", "41");
        Assert.IsType<Submission.Updated>(await SubmitAsync(form));
        await form.SeesAsync("Saved. You can change it until");
        await form.CloseAsync();
        await Eventually.HoldsAsync("two have answered", () => team.AskAsync(async db => await db.Invitations.CountAsync(i => i.AnsweredAt != null) == 2));
    }

    private static async Task RemindedAsync(SlackTeam team)
    {
        await team.MoveToAsync((await team.RoundAsync()).RemindsAt);

        await team.Priya.SeesAsync(Person.App, "Not answered yet");
        Assert.DoesNotContain(team.Lee.Messages(Person.App), message => message.Words.Contains("Not answered yet"));
    }

    private static async Task ReviewedAsync(SlackTeam team)
    {
        await team.MoveToAsync((await team.RoundAsync()).ReviewAt);
        var review = await team.Dana.SeesAsync(SlackTeam.Place, $"Review: {Churn}");

        await team.Dana.PressAsync(review, "Start");
        await team.Lee.SeesAsync(SlackTeam.Place, "Performance · 9 minutes");
        await team.Dana.SeesAsync(SlackTeam.Place, "Add decision");
        var due = team.Now.AddDays(14).ToString("yyyy-MM-dd");
        await FillAndSendAsync(team.Dana, review, "Add decision", ("text", "Call the top twenty first"));
        await FillAndSendAsync(team.Dana, review, "Add action", ("text", "Explain the score"), ("owner", "lee"), ("due", due));
        await FillAndSendAsync(team.Dana, review, "Set experiment", ("change", "the list is sorted by region"), ("expect", "50 a week"), ("by", due));
        await team.Lee.SeesAsync(SlackTeam.Place, "Change experiment");
        Assert.Contains(team.Lee.Messages(SlackTeam.Place), message => message.ThreadTs == review.Ts);

        await team.Dana.PressAsync(review, "End review");
    }

    private static async Task DigestedAsync(SlackTeam team)
    {
        var digest = await team.Lee.SeesAsync(SlackTeam.Place, "Experiment until next week");
        Assert.Contains("2 of 3 answered", digest.Words);
        Assert.Contains("Explain the score", digest.Words);
        Assert.Contains("Call the top twenty first", digest.Words);

        var prompt = await team.Priya.SeesAsync(Person.App, Churn);
        await FillAndSendAsync(team.Priya, prompt, "Answer", ("rating", "2"), ("drift", "unsure"), ("struggles", "trust"));

        await Eventually.HoldsAsync("the digest counts the late answer", () => digest.Words.Contains("3 of 3 answered"));
        Assert.True(digest.Edits > 0);
        // Nobody's words act: no broadcast, no link of theirs, in blocks or text.
        Assert.DoesNotContain(team.Lee.Messages(SlackTeam.Place), message => message.Text.Contains("<!channel>") || message.Blocks.ToJsonString().Contains("evil.example\""));
    }

    private static async Task HomeAsync(SlackTeam team)
    {
        var home = await team.Lee.HomeAsync();
        await home.SeesAsync("Explain the score");

        await home.PressAsync("Done");
        await (await team.Lee.WindowAsync()).SeesAsync("Done: Explain the score");
        await team.Lee.Window!.CloseAsync();
        await Eventually.HoldsAsync("the action is done", () => team.AskAsync(db => db.ActionItems.AllAsync(a => a.DoneAt != null)));
        await Eventually.HoldsAsync("the Home shows no action any more", () => !home.Words.Contains("Explain the score"));

        await (await team.Dana.HomeAsync()).PressAsync("Status");
        await (await team.Dana.WindowAsync()).SeesAsync(Churn);
        await team.Dana.Window!.CloseAsync();

        var asked = await team.Lee.TypeAsync(SlackTeam.Place, "/pilot status");
        Assert.Contains(Churn, asked.Answer!.ToJsonString());
        Assert.DoesNotContain(team.Priya.Messages(SlackTeam.Place), message => message.OnlyFor == team.Lee.Id);
    }

    private static async Task UninstalledAndBackAsync(SlackTeam team)
    {
        await team.Slack.UninstallAsync(team.Installed, tokensFirst: true);
        await Eventually.HoldsAsync("the token is gone", async () => (await team.StoredTokenAsync()).Length == 0);

        var until = team.Now;

        Assert.Contains("Afterpilot is installed", await team.InstallAsync());

        await Eventually.HoldsAsync("the installer is welcomed again", () => team.Dana.Messages(Person.App).Any(message => IsAfter(message, until) && message.Words.Contains("Add me to the channel")));
        Assert.NotEmpty(await team.StoredTokenAsync());
        await team.Slack.InviteAppAsync(team.Channel, team.Dana.Id);
        Assert.Contains(Churn, (await team.Lee.TypeAsync(SlackTeam.Place, "/pilot status")).Answer!.ToJsonString());
        Assert.Equal(RoundState.Closed, (await team.RoundAsync()).State);
    }

    private static async Task FillAndSendAsync(Person person, Message message, string button, params (string Field, string Value)[] typed)
    {
        await person.PressAsync(message, button);
        var form = await person.WindowAsync();
        foreach (var (field, value) in typed)
        {
            await form.FillAsync(field, value);
        }

        await SendAsync(form);
    }

    private static bool IsAfter(Message message, DateTimeOffset instant) => double.Parse(message.Ts, CultureInfo.InvariantCulture) > instant.ToUnixTimeMilliseconds() / 1000.0;

    private static async Task SendAsync(Window form)
    {
        var ended = await SubmitAsync(form);

        Assert.True(ended is Submission.Closed, $"{form.Title} ended {ended}: {string.Join("; ", form.Errors)}");
    }

    /// <summary>On a busy machine the window says that it takes longer, and to press again: so a person does.</summary>
    internal static async Task<Submission> SubmitAsync(Window form)
    {
        Submission ended;
        var until = TimeProvider.System.GetUtcNow().AddSeconds(60);
        do
        {
            ended = await form.SubmitAsync();
        }
        while (ended is Submission.FieldErrors && form.Errors.Values.Any(error => error.StartsWith("This takes longer", StringComparison.Ordinal)) && TimeProvider.System.GetUtcNow() < until);

        return ended;
    }
}
