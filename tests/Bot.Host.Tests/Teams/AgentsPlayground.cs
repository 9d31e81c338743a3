using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FakeTeams;
using FakeTeams.Playground;
using FakeTeams.Talk;

namespace Bot.Host.Tests.Teams;

/// <summary>Microsoft 365 Agents Playground as a process of its own on a free port of this machine, with the people and places of an office.</summary>
internal sealed class AgentsPlayground : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _process;
    private readonly string _settings;

    private AgentsPlayground(Process process, string settings, Uri address)
    {
        (_process, _settings, Address) = (process, settings, address);
        Http = new HttpClient { BaseAddress = address };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    /// <param name="me">Who acts in it; everybody else is there too.</param>
    public static async Task<AgentsPlayground> StartAsync(TeamsOffice office, SigningProxy proxy, TeamsUser me)
    {
        var node = Environment.GetEnvironmentVariable(NodeFactAttribute.Variable)!;
        var settings = Path.Combine(Directory.CreateTempSubdirectory("agents-playground-").FullName, "playground.yml");
        await File.WriteAllTextAsync(settings, Settings(office, me));
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("node",
        [
            "-r", Path.Combine(node, "teams", "loopback.cjs"), Path.Combine(node, "node_modules", "@microsoft", "m365agentsplayground", "cli.js"), "start", "-e", new Uri(proxy.Address, SigningProxy.Door).ToString(),
            "-c", "msteams", "-p", address.Port.ToString(), "--service-url", proxy.ServiceUrl, "--disable-telemetry",
        ])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(settings),
        };
        start.Environment["TEAMSAPPTESTER_BROWSER"] = "none";
        start.Environment["M365_AGENTS_PLAYGROUND_CONFIG_PATH"] = settings;
        // It tells a time zone in each activity: that of its machine.
        start.Environment["TZ"] = me.TimeZone;
        foreach (var proxied in new[] { "HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy" })
        {
            start.Environment.Remove(proxied);
        }

        var playground = new AgentsPlayground(new Process { StartInfo = start }, settings, address);
        await playground.UpAsync();
        return playground;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(Path.GetDirectoryName(_settings)!, recursive: true);
    }

    private async Task UpAsync()
    {
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        if (!await Eventually.BecomesAsync(IsUpAsync, TimeSpan.FromSeconds(60)))
        {
            await DisposeAsync();
            throw new InvalidOperationException("The playground did not start:\n" + string.Join('\n', _output));
        }
    }

    private async Task<bool> IsUpAsync()
    {
        try
        {
            using var page = await Http.GetAsync("/");
            return page.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>It demands five people beside the one who acts.</summary>
    private static string Settings(TeamsOffice office, TeamsUser me)
    {
        var others = new[] { office.Dana, office.Lee, office.Priya, office.Cloud.Tenant.AddUser("Tomas Novak"), office.Cloud.Tenant.AddUser("Layla Haddad"), office.Cloud.Tenant.AddUser("Zoe Martin") };
        var app = office.Cloud.App;
        return $$"""
            version: "0.1.1"
            tenantId: {{app.TenantId}}
            bot: { id: "{{app.BotId}}", name: "{{app.Name}}" }
            currentUser: {{Person(me)}}
            users:
            {{string.Join('\n', others.Where(other => other != me).Select(other => $"  - {Person(other)}"))}}
            personalChat: { id: "{{office.Cloud.Tenant.PersonalChat(me).Id}}" }
            groupChat: { id: "19:group@thread.v2", name: "Everybody" }
            team:
              id: "{{office.General.Id}}"
              name: "Sales"
              aadGroupId: 4b6a1f0e-6f3a-4a39-9a0c-2f6e3ad3a001
              channels: [ { id: "{{office.Channel.Id}}", name: "{{office.Channel.Name}}" } ]
            """;
    }

    private static string Person(TeamsUser user) =>
        $$"""{ id: "{{user.Id}}", name: "{{user.Name}}", userPrincipleName: "{{user.PrincipalName}}", aadObjectId: {{user.AadObjectId}}, givenName: "{{user.Name.Split(' ')[0]}}", surname: "{{user.Name.Split(' ')[^1]}}", email: "{{user.PrincipalName}}" }""";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
