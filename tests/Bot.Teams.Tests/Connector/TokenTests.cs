using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Bot.Chat;

namespace Bot.Teams.Tests.Connector;

// The bot's token: asked for once, dropped once when refused, proven by secret, certificate or managed identity, and what happens when there is none.
public sealed class TokenTests
{
    [Fact]
    public async Task One_token_serves_many_messages()
    {
        await using var bot = await BotInTeams.StartAsync();
        var ada = await bot.MeetAsync("Ada Byron");

        await bot.TellAsync(ada);
        await bot.TellAsync(ada);

        Assert.Equal(1, bot.Cloud.Login.Given);
    }

    [Fact]
    public async Task A_token_that_is_refused_is_dropped_and_a_new_one_serves()
    {
        await using var bot = await BotInTeams.StartAsync();
        var ada = await bot.MeetAsync("Ada Byron");
        await bot.TellAsync(ada);
        bot.Cloud.Login.Revoke();

        BotInTeams.Posted(await bot.TellAsync(ada));
        BotInTeams.Posted(await bot.TellAsync(ada));
        Assert.Equal(2, bot.Cloud.Login.Given);
        Assert.Equal([201, 401, 201, 201], bot.Arrivals.Select(a => a.Status));
    }

    [Fact]
    public async Task A_bot_that_is_not_registered_is_tried_once_more_and_left_to_later()
    {
        await using var bot = await BotInTeams.StartAsync();
        var ada = await bot.MeetAsync("Ada Byron");
        bot.Cloud.Connector.Break(Enumerable.Repeat(new FakeTeams.Connector.Fault(401, "BotNotRegistered"), 2));

        Assert.Equal(new PostOutcome.Later(TimeSpan.FromMinutes(15), "BotNotRegistered"), await bot.TellAsync(ada));
        Assert.Equal(2, bot.Arrivals.Count);
    }

    [Fact]
    public async Task A_wrong_secret_leaves_everything_to_later()
    {
        await using var bot = await BotInTeams.StartAsync(options => options with { ClientSecret = "not it" });
        var ada = await bot.MeetAsync("Ada Byron");

        Assert.Equal(new PostOutcome.Later(TimeSpan.FromMinutes(5), "no token: invalid_client"), await bot.TellAsync(ada));
        Assert.Empty(bot.Arrivals);
    }

    [Fact]
    public async Task A_login_that_is_not_there_leaves_everything_to_later()
    {
        await using var bot = await BotInTeams.StartAsync(options => options with { LoginUrl = new Uri("https://login.example.com/") });
        var ada = await bot.MeetAsync("Ada Byron");

        Assert.StartsWith("no token", Assert.IsType<PostOutcome.Later>(await bot.TellAsync(ada)).Why, StringComparison.Ordinal);
        Assert.Empty(bot.Arrivals);
    }

    [Fact]
    public async Task A_certificate_proves_the_bot_without_a_secret()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=afterpilot", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, PassingClock.Start.AddYears(10));
        var file = Path.Combine(Path.GetTempPath(), $"teams-{Guid.NewGuid():N}.pfx");
        await File.WriteAllBytesAsync(file, certificate.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, "of the file"));
        await using var bot = await BotInTeams.StartAsync(options => options with { ClientSecret = null, CertificatePath = file, CertificatePassword = "of the file" });
        bot.Cloud.Login.Certificate = certificate;
        var ada = await bot.MeetAsync("Ada Byron");

        BotInTeams.Posted(await bot.TellAsync(ada));
        File.Delete(file);
    }

    [Fact]
    public async Task A_managed_identity_that_the_app_trusts_proves_the_bot_without_a_secret()
    {
        const string identity = "0a4f0c32-7a90-4f7e-8d53-1c2d3e4f5a6b";
        await using var bot = await BotInTeams.StartAsync(options => options with { ClientSecret = null, ManagedIdentityClientId = identity });
        bot.Cloud.Login.ManagedIdentityClientId = identity;
        var ada = await bot.MeetAsync("Ada Byron");

        BotInTeams.Posted(await bot.TellAsync(ada));
    }
}
