using System.Net.Sockets;
using System.Text;
using Bot.Host.Guard;
using Microsoft.AspNetCore.Builder;

namespace Bot.Host.Tests.Guard;

// Who sends slowly, or too much, over a bare socket: headers that never end, a body that trickles, one that is larger than is taken.
public sealed class SlowTests
{
    private const string Head = "POST /take HTTP/1.1\r\nHost: localhost\r\n";
    private static readonly DoorLimits Short = new() { Headers = TimeSpan.FromSeconds(1), Request = TimeSpan.FromSeconds(1), Body = 1000 };

    [Fact]
    public async Task Headers_that_do_not_end_are_not_waited_for()
    {
        await using var app = await StartAsync();
        using var line = await SpeakAsync(app, Head + "X-Slow: ");

        Assert.StartsWith("HTTP/1.1 408", await AnswerAsync(line), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_not_waited_for()
    {
        await using var app = await StartAsync();
        using var line = await SpeakAsync(app, Head + "Content-Length: 900\r\n\r\n{");

        Assert.StartsWith("HTTP/1.1 408", await AnswerAsync(line), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_trickles_is_cut_off_although_something_always_comes()
    {
        await using var app = await StartAsync();
        using var line = await SpeakAsync(app, Head + "Content-Length: 900\r\n\r\n{");
        using var stop = new CancellationTokenSource();
        var trickle = TrickleAsync(line, stop.Token);

        var answer = await AnswerAsync(line);
        await stop.CancelAsync();
        await trickle;

        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_by_its_length_before_it_comes()
    {
        await using var app = await StartAsync();
        using var line = await SpeakAsync(app, Head + "Content-Length: 1001\r\n\r\n{");

        Assert.StartsWith("HTTP/1.1 413", await AnswerAsync(line), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_does_not_tell_its_length_is_refused_where_it_gets_too_large()
    {
        await using var app = await StartAsync();
        using var line = await SpeakAsync(app, Head + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n" + new string('x', 1001) + "\r\n");

        Assert.StartsWith("HTTP/1.1 413", await AnswerAsync(line), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_host_itself_refuses_two_megabytes_at_every_door_before_they_have_come()
    {
        await using var host = new WholeHost();
        host.StartServer();
        var here = host.ClientOptions.BaseAddress;
        foreach (var (address, status) in new[] { ("/slack/events", "401"), ("/evidence/x", "401"), ("/imports/x", "403"), ("/playground/say", "403"), ("/nothing", "404") })
        {
            using var line = new TcpClient();
            await line.ConnectAsync(here.Host, here.Port);
            await line.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST {address} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2000000\r\n\r\n"));

            Assert.StartsWith($"HTTP/1.1 {status}", await AnswerAsync(line), StringComparison.Ordinal);
        }
    }

    private static Task<WebApplication> StartAsync() => GuardedApp.StartAsync(Short);

    private static async Task<TcpClient> SpeakAsync(WebApplication app, string bytes)
    {
        var line = new TcpClient();
        var address = new Uri(app.Urls.First());
        await line.ConnectAsync(address.Host, address.Port);
        await line.GetStream().WriteAsync(Encoding.ASCII.GetBytes(bytes));
        return line;
    }

    /// <summary>Some bytes all the time, more than the slowest rate a server lets pass.</summary>
    private static async Task TrickleAsync(TcpClient line, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                await line.GetStream().WriteAsync(new byte[30], ct);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            // The other side has hung up, or we are done.
        }
    }

    private static async Task<string> AnswerAsync(TcpClient line)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var reader = new StreamReader(line.GetStream(), leaveOpen: true);
        return await reader.ReadLineAsync(patience.Token) ?? "";
    }
}
